using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>The observation of all calls of a claim.</summary>
public class CallObservationSpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");
    private readonly CallHistory _history = new(TimeProvider.System);

    [Fact]
    public void A_promise_combines_all_calls_of_a_claim()
    {
        _history.End(Begin(CallKind.Claim), 503);
        _history.End(Begin(CallKind.Claim), 202, null, Body(Outcomes.Pending));
        _history.End(Begin(CallKind.Outcome), 200, "9", Body(Outcomes.Won));

        var observation = Assert.Single(_history.Observations());
        Assert.Equal(
            (Id, "alice", "goose", Outcomes.Won), (observation.ClaimId, observation.PlayerId, observation.TreasureId, observation.Outcome));
        Assert.Equal((true, false, true, false), (observation.Accepted, observation.Refused, observation.Unsure, observation.Contradicted));
    }

    [Fact]
    public void Two_outcomes_contradict_each_other()
    {
        _history.End(Begin(CallKind.Claim), 200, null, Body(Outcomes.Won));
        _history.End(Begin(CallKind.Outcome), 200, "9", Body(Outcomes.Rejected));

        Assert.True(Assert.Single(_history.Observations()).Contradicted);
    }

    [Fact]
    public void The_outcome_of_another_claim_is_a_contradiction()
    {
        _history.End(Begin(CallKind.Claim), 200, null, FabricatedRun.ClaimBody("bob", "goose", Outcomes.Won, null));

        Assert.True(Assert.Single(_history.Observations()).Contradicted);
    }

    [Fact]
    public void A_claim_that_is_not_found_is_not_refused()
    {
        _history.End(Begin(CallKind.Claim), 503);
        _history.End(Begin(CallKind.Outcome), 404, null, FabricatedRun.ProblemBody(ProblemNames.ClaimNotFound));

        Assert.False(Assert.Single(_history.Observations()).Refused);
    }

    [Fact]
    public void A_full_intake_is_a_definite_refusal()
    {
        _history.End(Begin(CallKind.Claim), 429, null, FabricatedRun.ProblemBody(ProblemNames.IntakeFull));

        var observation = Assert.Single(_history.Observations());
        Assert.Equal((true, false), (observation.Refused, observation.Unsure));
    }

    private static string Body(string outcome) => FabricatedRun.ClaimBody("alice", "goose", outcome, null);

    private StartedCall Begin(CallKind kind) => _history.Begin(1, kind, kind == CallKind.Claim ? "goose" : Id.ToString(), "alice", Id);
}
