using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Malformed claims of a storefront.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class MalformedClaimMessageTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task Malformed_messages_go_to_the_error_queue_and_others_are_processed()
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

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "good"))).Outcome);
        Assert.Equal(malformed.Order(), (await Engine.Bus.Take("claims-intake_error", malformed.Length)).Order());
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    // The broker checks the user id.
    private Task Publish(string contentType, string body) =>
        Engine.Bus.Publish(BusNames.ClaimIntake, contentType, body, Storefront, Storefront);

    private static string Claim(string treasureId, string playerId, string key) =>
        JsonSerializer.Serialize(new { treasureId, playerId, key });
}
