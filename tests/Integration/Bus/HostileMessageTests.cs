using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>
/// Invalid messages of a sender that may publish to the bus: each goes to a dead-letter queue, and every valid message is
/// processed.
/// </summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class HostileMessageTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_malformed_claim_does_not_affect_the_others_of_its_message()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 1_000);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var claims = Enumerable.Range(0, 500).Select(n => Claim(treasureId, $"player-{n.ToString(CultureInfo.InvariantCulture)}")).ToList();
        claims[123] = Claim(treasureId, "mal\0lory");
        var player = Engine.Player("player-499");

        await Engine.Bus.Publish(shard, MessageEnvelope.ContentType, MessageEnvelope.Create("ClaimTreasures", new { claims }));

        Assert.Equal(Outcomes.Won, (await player.Claim(treasureId, "1")).Outcome);
        // A worker reads messages side by side: it may decide the player's short message before the long one.
        await Poll.Until("the long message is decided", async () =>
            (await Engine.EventStore.OfTreasure(treasureId)).Awards().Count >= 499);
        Assert.Equal(499, (await Engine.EventStore.OfTreasure(treasureId)).Awards().Count);
        var dead = JsonDocument.Parse(Assert.Single(await Engine.Bus.Take(BusNames.DeadLetters(shard), 1, treasureId)));
        var refused = Assert.Single(dead.RootElement.GetProperty("message").GetProperty("claims").EnumerateArray().ToList());
        Assert.Equal("mal\0lory", refused.GetProperty("playerId").GetString());
    }

    [Fact]
    public async Task Commands_with_U_0000_in_a_name_do_not_block_valid_commands()
    {
        var bad = Ids.FreshSlug();
        for (var n = 0; n < 20; n++)
        {
            var now = TimeProvider.System.GetUtcNow();
            await Engine.Bus.Publish(BusNames.AdminQueue, MessageEnvelope.ContentType, MessageEnvelope.Create("DraftHunt", new
            {
                commandId = Ids.Fresh(),
                at = now,
                huntId = bad,
                name = "Autumn\0sale",
                opensAt = now,
                closesAt = now.AddHours(1),
            }));
        }

        await Engine.Admin().Draft();

        Assert.Equal(20, (await Engine.Bus.Take(BusNames.DeadLetters(BusNames.AdminQueue), 20, bad)).Count);
        Assert.DoesNotContain(await Engine.EventStore.All(), stored => stored.Stream == Contracts.Events.StreamNames.Hunt(bad));
    }

    private static object Claim(string treasureId, string playerId) =>
        new { claimId = Ids.ForClaim(playerId, treasureId, "1"), treasureId, playerId, acceptedAt = TimeProvider.System.GetUtcNow() };
}
