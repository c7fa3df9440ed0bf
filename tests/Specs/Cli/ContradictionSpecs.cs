using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>Replies that contradict each other.</summary>
public class ContradictionSpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");
    private static readonly ClaimReply Won = new(ClaimReplyKind.Decided, Outcomes.Won, ClaimId: Id);
    private readonly ClaimHistory _history = new(Id, "alice", "goose", proofRight: true);

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
