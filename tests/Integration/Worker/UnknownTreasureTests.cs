using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Claims for treasures that do not exist.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class UnknownTreasureTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_claim_for_an_unknown_treasure_is_refused_and_recorded()
    {
        var outcome = Assert.Single(await workers.First.Decide(Claim("no-such-treasure", "alice")));

        Assert.Equal((Reasons.TreasureNotFound, "", 1L), (outcome.Outcome(), outcome.HuntId, outcome.Position));
        Assert.Equal(StreamNames.Refusals("no-such-treasure"), Assert.Single(await workers.EventStore.OfId(outcome.ClaimId)).Stream);
    }

    [Fact]
    public async Task A_treasure_hidden_after_its_first_claim_can_be_won()
    {
        var huntId = await workers.OpenHunt();
        await workers.First.Decide(Claim("hidden-late", "alice"));
        await workers.First.Handle(new HideTreasure(Ids.Fresh(), AtMinute(0), "hidden-late", huntId, "Late", 1, 1, null, []));

        Assert.Equal(Outcomes.Won, (await workers.First.Decide(Claim("hidden-late", "alice", "again")))[0].Outcome());
        Assert.Equal(Reasons.TreasureNotFound, (await workers.First.Decide(Claim("hidden-late", "alice")))[0].Outcome());
    }
}
