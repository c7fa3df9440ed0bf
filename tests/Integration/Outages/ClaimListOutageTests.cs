using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Requests with several claims while the broker or the workers do not answer.</summary>
[Collection(nameof(OutageGroup))]
public sealed class ClaimListOutageTests(DisruptionEngine fixture) : BrokerRelayTests(fixture)
{
    private ApiCaller Shop => Engine.Storefront("shop1:", ApiName);

    [Fact]
    public async Task Unconfirmed_lines_have_an_unknown_outcome_and_count_once_when_they_are_sent_again()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 100);
        await Engine.Player("bob", ApiName).Wins(treasureId, "key");
        object[] claims = [Claim(treasureId, "alice"), Claim("no-such-treasure", "alice"), Claim(treasureId, "carol")];

        Broker.Pause(Direction.ToClient);
        var lines = await Shop.ResultsOf(claims);
        Broker.Resume();

        Assert.Equal(["503 outcome-unknown", "404 treasure-not-found", "503 outcome-unknown"], lines);
        await Poll.Until("the lines are decided", async () =>
            (await Shop.ResultsOf(claims)).SequenceEqual(["200 won", "404 treasure-not-found", "200 won"]));
        Assert.Equal(3, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Undecided_lines_are_pending_when_the_wait_ends()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 100);
        Assert.Equal(["200 won"], await Shop.ResultsOf(Claim(treasureId, "alice")));
        await Poll.Until("the read model has the claim", async () =>
            (await Shop.Get($"/v1/claims/{Ids.ForClaim("shop1:alice", treasureId, "key")}")).TextOf("outcome") == Outcomes.Won);
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        var lines = (await Shop.PostClaims([Claim(treasureId, "alice"), Claim(treasureId, "carol")], wait: 1)).Lines();

        Assert.Equal(["200 won", "202 pending"], lines.Select(line => line.Result));
        await Engine.StartMissingHosts();
        Assert.Equal(Outcomes.Won, (await Shop.WaitForOutcome(lines[1].ClaimId)).Outcome);
    }

    private static object Claim(string treasureId, string player) => new { treasureId, playerId = $"shop1:{player}", key = "key" };
}
