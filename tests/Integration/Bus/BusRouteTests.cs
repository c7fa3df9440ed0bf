using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tests that read the dead-letter queues of the shared engine run one after the other: each takes whatever is in them.</summary>
[CollectionDefinition(nameof(DeadLetterReaders))]
public sealed class DeadLetterReaders;

/// <summary>Claims that a storefront puts onto the bus itself.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class BusRouteTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";

    [Fact]
    public async Task Plain_json_takes_the_same_path_and_has_the_same_claim_id()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, "alice", "order-4711"));

        var claimId = Ids.ForClaim("alice", treasureId, "order-4711");
        var read = await Engine.Player("alice").Outcome(claimId);
        Assert.Equal((Outcomes.Won, claimId), (read.Outcome, read.ClaimId));
        Assert.Equal(read.Text, (await Engine.Player("alice", "api-2").Claim(treasureId, "order-4711")).Text);
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task An_envelope_takes_the_same_path()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "under the bridge");

        await Engine.Bus.Publish(BusNames.ClaimIntake, Envelope, JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasure" },
            message = new { treasureId, playerId = "alice", key = "order-1", proof = "under the bridge" },
        }));

        var read = await Engine.Player("alice").Outcome(Ids.ForClaim("alice", treasureId, "order-1"));
        Assert.Equal(Outcomes.Won, read.Outcome);
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, "alice", "order"))));
        await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, "alice", "last"));

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Outcome(Ids.ForClaim("alice", treasureId, "last"))).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Outcome(Ids.ForClaim("alice", treasureId, "order"))).Outcome);
        Assert.Equal(2, (await Engine.Log.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Malformed_messages_end_in_the_error_queue_and_the_others_flow()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        string[] malformed =
        [
            "this is no JSON",
            "{}",
            "[]",
            Claim("No Slug", "alice", "k"),
            Claim(treasureId, "no player!", "k"),
            Claim(treasureId, "alice", ""),
            Claim(treasureId, "alice", "has a space"),
            JsonSerializer.Serialize(new { treasureId, playerId = "alice", key = "k", proof = new string('x', 129) }),
        ];

        foreach (var body in malformed)
        {
            await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", body);
        }

        await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, "alice", "good"));

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Outcome(Ids.ForClaim("alice", treasureId, "good"))).Outcome);
        Assert.Equal(malformed.Order(), (await Engine.Bus.Take("claims-intake_error", malformed.Length)).Order());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_malformed_message_on_a_shard_ends_in_its_error_queue_and_the_others_flow()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        string[] malformed =
        [
            "this is no JSON",
            Claims(new { claimId = Ids.Fresh(), treasureId = "", playerId = "alice", acceptedAt = "2026-11-23T18:00:00Z" }),
            Claims(new { claimId = Guid.Empty, treasureId, playerId = "alice", acceptedAt = "2026-11-23T18:00:00Z" }),
            Claims(null),
        ];

        foreach (var body in malformed)
        {
            await Engine.Bus.Publish(shard, Envelope, body);
        }

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Claim(treasureId, "good")).Outcome);
        Assert.Equal(malformed.Order(), (await Engine.Bus.Take($"{shard}_error", malformed.Length)).Order());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    private static string Claim(string treasureId, string playerId, string key) => JsonSerializer.Serialize(new { treasureId, playerId, key });

    private static string Claims(object? claim) => JsonSerializer.Serialize(new
    {
        messageId = Ids.Fresh(),
        messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
        message = new { claims = new[] { claim } },
    });
}
