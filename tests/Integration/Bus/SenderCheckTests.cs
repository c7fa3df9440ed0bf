using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>The sender of a claim is checked.</summary>
[Collection(nameof(DeadLetterReaders))]
public sealed class SenderCheckTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Storefront = "storefront-shop";
    private const string Alice = "shop:alice";

    [Fact]
    public async Task A_claim_of_an_unknown_sender_or_for_a_foreign_player_goes_to_the_error_queue_with_the_reason()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        (string User, string? UserId, string Player, string Reason)[] refused =
        [
            (Storefront, null, Alice, "The message has no user_id, so its sender is unknown."),
            ("operator", "operator", Alice, "'operator' is no storefront of this Api."),
            // Only an operator may set the name of another user.
            ("operator", "storefront-other", Alice, "'storefront-other' is no storefront of this Api."),
            (Storefront, Storefront, "alice", $"'{Storefront}' may claim only for players whose id begins with 'shop:'."),
            (Storefront, Storefront, "other:alice", $"'{Storefront}' may claim only for players whose id begins with 'shop:'."),
        ];

        foreach (var (user, userId, player, _) in refused)
        {
            await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", Claim(treasureId, player, "refused"), user, userId);
        }

        await Publish("application/json", Claim(treasureId, Alice, "good"));

        Assert.Equal(Outcomes.Won, (await Engine.Player(Alice).WaitForOutcome(Ids.ForClaim(Alice, treasureId, "good"))).Outcome);
        Assert.Equal(
            refused.Select(message => message.Reason).Order(),
            (await Engine.Bus.TakeReasons("claims-intake_error", refused.Length)).Order());
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }

    // The broker checks the user id.
    private Task Publish(string contentType, string body) =>
        Engine.Bus.Publish(BusNames.ClaimIntake, contentType, body, Storefront, Storefront);

    private static string Claim(string treasureId, string playerId, string key) =>
        JsonSerializer.Serialize(new { treasureId, playerId, key });
}
