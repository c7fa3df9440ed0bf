using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>
/// Claims that a storefront publishes to the bus. The engine knows the storefront <c>shop</c>, with players whose ids begin with
/// <c>shop:</c>.
/// </summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class BusIntakeTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task A_plain_JSON_claim_has_the_same_id_and_outcome_as_over_HTTP()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        await Publish("application/json", Claim(treasureId, Alice, "order-4711"));

        var claimId = Ids.ForClaim(Alice, treasureId, "order-4711");
        var read = await Engine.Player(Alice).WaitForOutcome(claimId);
        Assert.Equal((Outcomes.Won, claimId), (read.Outcome, read.ClaimId));
        Assert.Equal(read.Text, (await Engine.Player(Alice, "api-2").Claim(treasureId, "order-4711")).Text);
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_claim_in_a_MassTransit_envelope_is_decided()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "under the bridge");

        await Publish(Envelope, JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasure" },
            message = new { treasureId, playerId = Alice, key = "order-1", proof = "under the bridge" },
        }));

        var read = await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "order-1"));
        Assert.Equal(Outcomes.Won, read.Outcome);
    }

    [Fact]
    public async Task A_message_delivered_twice_is_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Publish("application/json", Claim(treasureId, Alice, "order"))));
        await Publish("application/json", Claim(treasureId, Alice, "last"));

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "last"))).Outcome);
        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "order"))).Outcome);
        Assert.Equal(2, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    // The broker checks the user id.
    private Task Publish(string contentType, string body) =>
        Engine.Bus.Publish(BusNames.ClaimIntake, contentType, body, Storefront, Storefront);

    private static string Claim(string treasureId, string playerId, string key) =>
        JsonSerializer.Serialize(new { treasureId, playerId, key });
}
