using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Lists of claims that a storefront publishes to the bus.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class ClaimListIntakeTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Storefront = "storefront-shop";

    [Theory]
    [InlineData("application/json")]
    [InlineData(MessageEnvelope.ContentType)]
    public async Task The_claims_of_a_list_are_decided_in_its_order(string contentType)
    {
        var huntId = await Engine.Admin().OpenHunt();
        string[] treasures = [await Engine.Admin().Hide(huntId, stock: 1000), await Engine.Admin().Hide(huntId, stock: 1000)];
        var claims = Enumerable.Range(0, 500)
            .Select(n => Claim(treasures[n % 2], $"shop:{n.ToString(CultureInfo.InvariantCulture)}")).ToList();

        await Publish(contentType, claims);

        foreach (var (treasureId, n) in treasures.Select((treasureId, n) => (treasureId, n)))
        {
            await Poll.Until(
                "all claims of the treasure are decided",
                async () => (await Engine.EventStore.OfTreasure(treasureId)).Awards().Count == 250);
            var last = await Engine.Storefront("shop:").WaitForOutcome(
                Ids.ForClaim($"shop:{(498 + n).ToString(CultureInfo.InvariantCulture)}", treasureId, "key"));
            Assert.Equal(250, last.NumberOf("position"));
        }
    }

    [Fact]
    public async Task A_refused_claim_is_reported_in_a_dead_letter_and_the_others_are_decided()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        object?[] claims = [Claim(treasureId, "shop:alice"), Claim(treasureId, "other:bob"), Claim("No Slug", "shop:bob"), null];

        await Publish("application/json", claims);

        Assert.Equal(
            Outcomes.Won,
            (await Engine.Storefront("shop:").WaitForOutcome(Ids.ForClaim("shop:alice", treasureId, "key"))).Outcome);
        Assert.Equal(
            [$"3 of 4 claims are refused. Claim 2: '{Storefront}' may claim only for players whose id begins with 'shop:'."],
            await Engine.Bus.TakeReasons("claims-intake_error", 1));
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_list_that_is_empty_too_long_or_of_an_unknown_sender_is_refused_as_a_whole()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var claim = Claim(treasureId, "shop:alice");

        await Publish("application/json", []);
        await Publish("application/json", Enumerable.Repeat<object?>(claim, 501));
        await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Body([claim]), Storefront);

        Assert.Equal(
            [
                "1 of 1 claims are refused. Claim 1: The message has no user_id, so its sender is unknown.",
                "There are more than 500 claims.", "There are no claims.",
            ],
            (await Engine.Bus.TakeReasons("claims-intake_error", 3)).Order(StringComparer.Ordinal));
        Assert.Empty((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    private Task Publish(string contentType, IEnumerable<object?> claims) => Engine.Bus.Publish(
        BusNames.ClaimIntake, contentType,
        contentType == MessageEnvelope.ContentType ? MessageEnvelope.Create("ClaimTreasureList", new { claims }) : Body(claims),
        Storefront, Storefront);

    private static string Body(IEnumerable<object?> claims) => JsonSerializer.Serialize(new { claims });

    private static object Claim(string treasureId, string playerId) => new { treasureId, playerId, key = "key" };
}
