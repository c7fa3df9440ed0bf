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
    public void A_status_tells_how_much_is_known(int status, CallResult result) =>
        Assert.Equal(result, Answered(CallKind.Treasure, status, "{}").Result);

    [Fact]
    public void A_claim_is_told_its_outcome()
    {
        var call = Answered(CallKind.Claim, 200, FabricatedRun.ClaimBody("alice", "goose", Outcomes.Rejected, Reasons.AlreadyClaimed));

        Assert.Equal(
            (CallResult.Ok, Outcomes.Rejected, Reasons.AlreadyClaimed, Id), (call.Result, call.Outcome, call.Reason, call.ToldClaimId));
        Assert.True(call.TellsOutcome);
    }

    [Fact]
    public void A_pending_claim_is_accepted_and_has_no_outcome()
    {
        var call = Answered(CallKind.Claim, 202, FabricatedRun.ClaimBody("alice", "goose", Outcomes.Pending, null));

        Assert.Equal((CallResult.Ok, false), (call.Result, call.TellsOutcome));
    }

    [Fact]
    public void A_refusal_names_its_problem()
    {
        var call = Answered(CallKind.Claim, 409, FabricatedRun.ProblemBody(Reasons.HuntPaused));

        Assert.Equal((Reasons.HuntPaused, null, null), (call.Problem, call.Outcome, call.State));
    }

    [Fact]
    public void A_read_tells_its_units_and_the_place_that_it_is_true_for()
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
    public void A_success_that_cannot_be_read_tells_nothing(string body) =>
        Assert.Equal(CallResult.Unknown, Answered(CallKind.Claim, 200, body).Result);

    private static Call Answered(CallKind kind, int status, string body, string? sequence = null) =>
        Call.Of(new Sent(1, 1, kind, "goose", "alice", Id, TimeSpan.Zero), TimeSpan.FromSeconds(1), status, sequence, body);
}
