using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Addresses in a message are ignored.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class MessageAddressTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData("claims-intake")]
    [InlineData("claims-0")]
    [InlineData("admin-commands")]
    public async Task A_response_or_fault_address_of_a_message_is_neither_declared_nor_used(string queue)
    {
        var trap = $"trap-{Ids.FreshSlug()}";
        var address = new UriBuilder("rabbitmq", Engine.Bus.AddressOf("operator").Host) { Path = $"{Engine.Bus.Name}/{trap}" }.Uri;
        var addresses = new { faultAddress = address, responseAddress = address };
        var mark = Ids.FreshSlug();
        // One message is not deserializable, the other one breaks a validation rule.
        await Engine.Bus.Publish(
            queue, MessageEnvelope.ContentType,
            MessageEnvelope.Create(TypeOf(queue), new { claims = mark, key = 7, commandId = mark }, addresses));
        await Engine.Bus.Publish(
            queue, MessageEnvelope.ContentType,
            MessageEnvelope.Create(TypeOf(queue), new { key = mark, huntId = mark, name = mark }, addresses));

        Assert.Equal(2, (await Engine.Bus.Take(BusNames.DeadLetters(queue), 2, mark)).Count);

        Assert.False(await Engine.Bus.HasExchange(trap));
    }

    private static string TypeOf(string queue) => queue switch
    {
        "claims-intake" => "ClaimTreasure",
        "admin-commands" => "DraftHunt",
        _ => "ClaimTreasures",
    };
}
