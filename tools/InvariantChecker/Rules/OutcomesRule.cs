using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>A claim is decided once, by an event that has the claim's id.</summary>
public sealed class OutcomesRule(AuditFindings findings) : IEventRule
{
    private readonly HashSet<Guid> _decided = [];

    public void Observe(FeedEvent entry)
    {
        if (entry.Event is not IClaimEvent claim)
        {
            return;
        }

        if (!_decided.Add(claim.ClaimId))
        {
            findings.Add(Invariants.OneOutcome, $"{claim.TreasureId}: claim {claim.ClaimId}");
        }

        if (entry.Id != claim.ClaimId)
        {
            findings.Add(Invariants.EventIsClaim, $"{claim.TreasureId}: event {entry.Id} decides claim {claim.ClaimId}");
        }
    }
}
