using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A sender that is gone gets no response.</summary>
[Collection(nameof(OutageGroup))]
public sealed class LostResponseTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    private const string Errors = $"{BusNames.AdminQueue}_error";

    [Fact]
    public async Task A_command_whose_sender_is_gone_is_recorded_without_an_error()
    {
        var (huntId, now) = (Ids.FreshSlug(), TimeProvider.System.GetUtcNow());
        var unknownAddress = new UriBuilder("rabbitmq", Engine.Bus.AddressOf("api").Host, Engine.Bus.AddressOf("api").Port)
        {
            Path = $"{Engine.Bus.Name}/api-answers-{Ids.Fresh():N}",
            Query = "temporary=true",
        };
        var unreadable = Envelope(new { at = "when?" });

        await Send(BusNames.AdminQueue, unreadable);
        await Send(
            BusNames.AdminQueue,
            Envelope(
                new { commandId = Ids.Fresh(), at = now, huntId, name = "Autumn sale", opensAt = now, closesAt = now.AddHours(4) },
                unknownAddress.Uri));
        await Poll.Until(
            "the command is recorded",
            async () => (await Engine.EventStore.All()).Any(stored => stored.Data is HuntDrafted drafted && drafted.HuntId == huntId));
        // Stopping workers finish their messages, so that no further error follows.
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());
        await Send(Errors, "the last");

        var dead = await Engine.Bus.TakeUntil(Errors, bodies => bodies.Contains("the last"));
        Assert.Contains(unreadable, dead);
        Assert.DoesNotContain(dead, body => body.Contains(huntId, StringComparison.Ordinal));
    }

    private Task Send(string exchange, string body) => Engine.Bus.Publish(exchange, "application/vnd.masstransit+json", body);

    private static string Envelope(object message, Uri? responseAddress = null) => JsonSerializer.Serialize(new
    {
        messageId = Ids.Fresh(),
        requestId = Ids.Fresh(),
        responseAddress,
        messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:DraftHunt" },
        message,
    });
}
