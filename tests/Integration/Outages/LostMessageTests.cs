using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Messages to the broker and its confirmations get lost.</summary>
[Collection(nameof(OutageGroup))]
public sealed class LostMessageTests(DisruptionEngine fixture) : BrokerRelayTests(fixture)
{
    [Fact]
    public async Task A_lost_confirmation_is_an_unknown_outcome_and_its_retry_counts_once()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 5);
        await Engine.Player("bob", ApiName).Wins(treasureId, "key");

        Broker.Pause(Direction.ToClient);
        var unknown = await Engine.Player("alice", ApiName).Claim(treasureId, "key");
        await Engine.Anonymous(ApiName).WaitForLevel("read-only");
        var read = await Engine.Anonymous(ApiName).Get($"/v1/treasures/{treasureId}");
        Broker.Resume();
        var won = await Engine.Player("alice", "api-2").Claim(treasureId, "key");
        var again = await Engine.Player("alice", ApiName).Claim(treasureId, "key");

        Assert.Equal("503 outcome-unknown", unknown.Problem);
        Assert.Matches("^[123]$", unknown.Headers["Retry-After"]);
        Assert.Equal("200", read.Problem);
        await Engine.Anonymous(ApiName).WaitForLevel("normal");
        Assert.Equal((Outcomes.Won, won.Text), (won.Outcome, again.Text));
        Assert.Equal(2, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
        await Engine.AssertCleanAudit(huntId);
    }

    [Fact]
    public async Task A_retry_sends_a_lost_claim_even_after_the_stock_is_exhausted()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 2);
        await Engine.Player("bob", ApiName).Wins(treasureId, "key");

        Broker.Drop(Direction.ToServer);
        var unknown = await Engine.Player("alice", ApiName).Claim(treasureId, "key");
        Broker.Clear();
        Assert.Equal(Outcomes.Won, (await Engine.Player("carol", "api-2").Claim(treasureId, "key")).Outcome);
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("remaining") == 0);
        var retry = await Engine.Player("alice", "api-2").Claim(treasureId, "key");

        Assert.Equal("503 outcome-unknown", unknown.Problem);
        Assert.Equal(Reasons.TreasureExhausted, retry.Outcome);
        Assert.Equal(3, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
        await Engine.AssertCleanAudit(huntId);
    }
}
