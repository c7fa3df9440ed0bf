using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>A claim does not reveal the existence of a hidden treasure.</summary>
public class HiddenTreasureClaimTests(SharedEngine engine) : PublicationTests(engine)
{
    [Fact]
    public async Task A_claim_over_the_bus_gets_the_same_outcome_for_a_hidden_and_an_unknown_treasure()
    {
        const string player = "shop:alice";
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var hidden = await Admin.Hide(huntId);
        await Admin.ChangeStatus(huntId, "schedule");
        await Engine.Anonymous().WaitForHunt(huntId, "scheduled");

        var answers = new List<ApiResponse>();
        foreach (var treasureId in (string[])[hidden, Ids.FreshSlug()])
        {
            var claim = JsonSerializer.Serialize(new { treasureId, playerId = player, key = "key" });
            await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", claim, "storefront-shop", "storefront-shop");
            answers.Add(await Engine.Player(player).WaitForOutcome(Ids.ForClaim(player, treasureId, "key")));
        }

        Assert.All(answers, answer => Assert.Equal(
            (Outcomes.Rejected, Reasons.TreasureNotFound, null, 1L),
            (answer.TextOf("outcome"), answer.TextOf("reason"), answer.TextOf("huntId"), answer.NumberOf("position"))));
        var listed = (await Engine.Player(player).Get("/v1/players/me/claims"))["claims"].EnumerateArray().Single(
            claim => claim.GetProperty("treasureId").GetString() == hidden);
        Assert.Equal(
            (Reasons.TreasureNotFound, JsonValueKind.Null),
            (listed.GetProperty("reason").GetString(), listed.GetProperty("huntId").ValueKind));
        // The same claim over HTTP gets the same outcome.
        Assert.Equal(answers[0].Text, (await Engine.Player(player).Claim(hidden, "key")).Text);
        var recorded = Assert.Single((await Engine.EventStore.OfTreasure(hidden)).Decisions());
        Assert.Equal((Reasons.HuntNotOpen, huntId), (recorded.Outcome(), recorded.HuntId));
    }
}
