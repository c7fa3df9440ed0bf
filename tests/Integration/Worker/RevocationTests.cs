using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Revocations of awards.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class RevocationTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_revoked_unit_comes_back_once_and_can_be_won_again()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(playerLimit: 1));
        var award = (await workers.First.Decide(Claim(treasureId, "alice")))[0];

        var first = await workers.First.Handle(treasureId, Revoke(treasureId, award));
        var second = await workers.Second.Handle(treasureId, Revoke(treasureId, award));
        var outcomes = await workers.Second.Decide(Claim(treasureId, "alice", "again"), Claim(treasureId, "bob"));

        Assert.Equal((null, ProblemNames.NotAllowedNow), (first.Problem, second.Problem));
        Assert.Equal([Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(outcome => outcome.Outcome()));
        Assert.Equal([1L, 2L, 3L], (await workers.EventStore.OfTreasure(treasureId)).Decisions().Select(decision => decision.Position));
    }

    [Fact]
    public async Task One_of_two_concurrent_revocations_is_refused()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var award = (await workers.First.Decide(Claim(treasureId, "alice")))[0];

        var answers = await workers.RunConcurrently("mt_events",
            () => workers.First.Handle(treasureId, Revoke(treasureId, award)),
            () => workers.Second.Handle(treasureId, Revoke(treasureId, award)));

        Assert.Equal([null, ProblemNames.NotAllowedNow], answers.Select(answer => answer.Problem).Order());
        Assert.Single((await workers.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).OfType<AwardRevoked>());
    }

    [Fact]
    public async Task A_refused_claim_and_the_award_of_another_treasure_cannot_be_revoked()
    {
        var huntId = await workers.OpenHunt();
        var (goose, swan) = (await workers.HideTreasure(huntId), await workers.HideTreasure(huntId));
        var outcomes = await workers.First.Decide(Claim(goose, "alice"), Claim(goose, "bob"));

        Assert.Equal(ProblemNames.NotAllowedNow, (await workers.First.Handle(goose, Revoke(goose, outcomes[1]))).Problem);
        Assert.Equal(ProblemNames.NotAllowedNow, (await workers.First.Handle(swan, Revoke(swan, outcomes[0]))).Problem);
    }

    private static RevokeAward Revoke(string treasureId, IClaimEvent award) =>
        new(Ids.Fresh(), AtMinute(2), treasureId, award.ClaimId, "Sent back");
}
