using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Malformed messages on a claim shard.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class MalformedShardMessageTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task Malformed_messages_on_a_shard_go_to_its_error_queue_and_others_are_processed()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        string[] malformed =
        [
            "this is no JSON",
            Claims(new { claimId = Ids.Fresh(), treasureId = "", playerId = Alice, acceptedAt = "2026-11-23T18:00:00Z" }),
            Claims(new { claimId = Guid.Empty, treasureId, playerId = Alice, acceptedAt = "2026-11-23T18:00:00Z" }),
            Claims(null),
        ];

        foreach (var body in malformed)
        {
            await Engine.Bus.Publish(shard, Envelope, body);
        }

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Claim(treasureId, "good")).Outcome);
        Assert.Equal(malformed.Order(), (await Engine.Bus.Take($"{shard}_error", malformed.Length)).Order());
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    private static string Claims(object? claim) => JsonSerializer.Serialize(new
    {
        messageId = Ids.Fresh(),
        messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
        message = new { claims = new[] { claim } },
    });
}
