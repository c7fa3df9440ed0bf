using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tests that read the dead-letter queues of the shared engine run one after the other: each takes whatever is in them.</summary>
[CollectionDefinition(nameof(DeadLetterReaders))]
public sealed class DeadLetterReaders;

/// <summary>
/// Claims that a storefront puts onto the bus itself. The engine knows the storefront <c>shop</c>, with players whose ids begin with
/// <c>shop:</c>.
/// </summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class BusRouteTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task Plain_json_takes_the_same_path_and_has_the_same_claim_id()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        await Publish("application/json", Claim(treasureId, Alice, "order-4711"));

        var claimId = Ids.ForClaim(Alice, treasureId, "order-4711");
        var read = await Engine.Player(Alice).Outcome(claimId);
        Assert.Equal((Outcomes.Won, claimId), (read.Outcome, read.ClaimId));
        Assert.Equal(read.Text, (await Engine.Player(Alice, "api-2").Claim(treasureId, "order-4711")).Text);
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task An_envelope_takes_the_same_path()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "under the bridge");

        await Publish(Envelope, JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasure" },
            message = new { treasureId, playerId = Alice, key = "order-1", proof = "under the bridge" },
        }));

        var read = await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "order-1"));
        Assert.Equal(Outcomes.Won, read.Outcome);
    }

    [Fact]
    public async Task A_message_that_comes_twice_is_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Publish("application/json", Claim(treasureId, Alice, "order"))));
        await Publish("application/json", Claim(treasureId, Alice, "last"));

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "last"))).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "order"))).Outcome);
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
            Claim("No Slug", Alice, "k"),
            Claim(treasureId, "shop:no player!", "k"),
            Claim(treasureId, Alice, ""),
            Claim(treasureId, Alice, "has a space"),
            JsonSerializer.Serialize(new { treasureId, playerId = Alice, key = "k", proof = new string('x', 129) }),
        ];

        foreach (var body in malformed)
        {
            await Publish("application/json", body);
        }

        await Publish("application/json", Claim(treasureId, Alice, "good"));

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "good"))).Outcome);
        Assert.Equal(malformed.Order(), (await Engine.Bus.Take("claims-intake_error", malformed.Length)).Order());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_claim_of_an_unknown_sender_or_for_the_player_of_another_ends_in_the_error_queue_with_the_reason()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        (string User, string? UserId, string Player, string Reason)[] refused =
        [
            (Storefront, null, Alice, "The message has no user_id, so its sender is unknown."),
            ("operator", "operator", Alice, "'operator' is no storefront of this Api."),
            // Only an operator may give the name of another user.
            ("operator", "storefront-other", Alice, "'storefront-other' is no storefront of this Api."),
            (Storefront, Storefront, "alice", $"'{Storefront}' may claim only for players whose id begins with 'shop:'."),
            (Storefront, Storefront, "other:alice", $"'{Storefront}' may claim only for players whose id begins with 'shop:'."),
        ];

        foreach (var (user, userId, player, _) in refused)
        {
            await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, player, "refused"), user, userId);
        }

        await Publish("application/json", Claim(treasureId, Alice, "good"));

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).Outcome(Ids.ForClaim(Alice, treasureId, "good"))).Outcome);
        Assert.Equal(
            refused.Select(message => message.Reason).Order(),
            (await Engine.Bus.TakeReasons("claims-intake_error", refused.Length)).Order());
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
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    // As its own user, whose name the broker has checked.
    private Task Publish(string contentType, string body) =>
        Engine.Bus.Publish(BusNames.ClaimIntake, contentType, body, Storefront, Storefront);

    private static string Claim(string treasureId, string playerId, string key) =>
        JsonSerializer.Serialize(new { treasureId, playerId, key });

    private static string Claims(object? claim) => JsonSerializer.Serialize(new
    {
        messageId = Ids.Fresh(),
        messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
        message = new { claims = new[] { claim } },
    });
}
