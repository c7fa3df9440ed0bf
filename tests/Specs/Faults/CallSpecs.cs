using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public class CallSpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");

    [Theory]
    [InlineData(0, CallResult.Unknown)]
    [InlineData(408, CallResult.Unknown)]
    [InlineData(500, CallResult.Unknown)]
    [InlineData(503, CallResult.Unknown)]
    [InlineData(429, CallResult.Busy)]
    [InlineData(400, CallResult.Refused)]
    [InlineData(404, CallResult.Refused)]
    [InlineData(409, CallResult.Refused)]
    [InlineData(304, CallResult.Ok)]
    public void The_status_determines_the_result(int status, CallResult result) =>
        Assert.Equal(result, Answered(CallKind.Treasure, status, "{}").Result);

    [Fact]
    public void A_decided_claim_has_its_outcome()
    {
        var call = Answered(CallKind.Claim, 200, FabricatedRun.ClaimBody("alice", "goose", Outcomes.Rejected, Reasons.AlreadyClaimed));

        Assert.Equal(
            (CallResult.Ok, Outcomes.Rejected, Reasons.AlreadyClaimed, Id), (call.Result, call.Outcome, call.Reason, call.AnsweredClaimId));
        Assert.True(call.HasFinalOutcome);
    }

    [Fact]
    public void A_pending_claim_is_accepted_and_has_no_outcome()
    {
        var call = Answered(CallKind.Claim, 202, FabricatedRun.ClaimBody("alice", "goose", Outcomes.Pending, null));

        Assert.Equal((CallResult.Ok, false), (call.Result, call.HasFinalOutcome));
    }

    [Fact]
    public void A_refusal_names_its_problem()
    {
        var call = Answered(CallKind.Claim, 409, FabricatedRun.ProblemBody(Reasons.HuntPaused));

        Assert.Equal((Reasons.HuntPaused, null, null), (call.Problem, call.Outcome, call.State));
    }

    [Fact]
    public void A_read_contains_its_units_and_its_position()
    {
        var call = Answered(CallKind.Treasure, 200, FabricatedRun.TreasureBody("goose", 1, 3, "available"), "17");

        Assert.Equal((17, 1, 3, 2, "available"), (call.Sequence, call.Awarded, call.Stock, call.Remaining, call.State));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"outcome\":\"wo")]
    [InlineData("{\"outcome\":1}")]
    public void A_success_with_an_unreadable_body_is_unknown(string body) =>
        Assert.Equal(CallResult.Unknown, Answered(CallKind.Claim, 200, body).Result);

    private static Call Answered(CallKind kind, int status, string body, string? sequence = null) =>
        Call.Of(new StartedCall(1, 1, kind, "goose", "alice", Id, TimeSpan.Zero), TimeSpan.FromSeconds(1), status, sequence, body);
}
