using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class ClaimHistorySpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");
    private static readonly ClaimReply Won = new(ClaimReplyKind.Decided, Outcomes.Won, ClaimId: Id);
    private static readonly ClaimReply Pending = new(ClaimReplyKind.Pending, Outcomes.Pending, ClaimId: Id);
    private static readonly ClaimReply Refused = new(ClaimReplyKind.Refused, Reasons.TreasureExhausted);
    private readonly ClaimHistory _history = new(Id, "alice", "goose", proofRight: true);

    [Fact]
    public void A_history_combines_all_replies()
    {
        var promise = After(ClaimReply.Unknown("http-503"), Pending, Won, Won);

        Assert.Equal(
            (true, true, false, Outcomes.Won, false),
            (promise.Unsure, promise.Accepted, promise.Refused, promise.Outcome, promise.Contradicted));
        Assert.False(promise.OutcomeUnknown);
    }

    [Fact]
    public void The_outcome_of_an_accepted_claim_is_unknown_until_a_reply_contains_it()
    {
        Assert.True(After(Pending).OutcomeUnknown);
        Assert.False(After(Won).OutcomeUnknown);
    }

    [Fact]
    public void A_refusal_settles_a_claim_that_was_never_accepted() => Assert.False(After(Refused).OutcomeUnknown);

    [Fact]
    public void A_refusal_does_not_settle_a_claim_that_was_accepted() => Assert.True(After(Refused, Pending).OutcomeUnknown);

    [Fact]
    public void A_lost_reply_settles_nothing() => Assert.True(After(ClaimReply.Unknown("connection-lost")).OutcomeUnknown);

    [Fact]
    public void Only_the_first_send_of_a_claim_counts_as_the_first()
    {
        Assert.False(_history.WasSent);
        Assert.True(_history.BeginSend());
        Assert.False(_history.BeginSend());
        Assert.True(_history.WasSent);
    }

    [Fact]
    public void Two_different_outcomes_contradict_each_other() =>
        Assert.True(After(Won, new ClaimReply(ClaimReplyKind.Decided, Outcomes.Rejected, Reasons.AlreadyClaimed, Id)).Contradicted);

    [Fact]
    public void Two_different_reasons_contradict_each_other() =>
        Assert.True(After(
            new ClaimReply(ClaimReplyKind.Decided, Outcomes.Rejected, Reasons.ProofWrong, Id),
            new ClaimReply(ClaimReplyKind.Decided, Outcomes.Rejected, Reasons.AlreadyClaimed, Id)).Contradicted);

    [Fact]
    public void The_outcome_of_another_claim_is_a_contradiction() => Assert.True(After(Won with { ClaimId = Ids.Fresh() }).Contradicted);

    private ClaimObservation After(params ClaimReply[] replies)
    {
        foreach (var reply in replies)
        {
            _history.Record(reply);
        }

        return _history.Observation;
    }
}
