using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>A message of a type that its queue does not know is a dead letter after its first delivery.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class UnknownMessageTests(DisruptionEngine fixture) : DeadLetterTests(fixture)
{
    [Theory]
    [InlineData("claims-0")]
    [InlineData(BusNames.AdminQueue)]
    public async Task A_message_without_a_consumer_is_a_dead_letter_with_this_reason(string queue)
    {
        var (text, admin) = (Ids.FreshSlug(), Engine.Admin("commands-1"));
        var before = await CountDeadLetters(admin, queue);

        await Engine.Bus.Publish(queue, MessageEnvelope.ContentType, MessageEnvelope.Create("OpenSesame", new { text }));

        var letter = await WaitForLetter(admin, queue, before, text);
        Assert.Equal("No consumer of this queue takes a message of this type.", letter.GetProperty("reason").GetString());
        Assert.Equal("200", (await admin.Post($"/admin/errors/{queue}/drop", new { id = IdOf(letter) })).Problem);
    }
}
