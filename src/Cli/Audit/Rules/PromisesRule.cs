using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Cli.Audit.Rules;

/// <summary>The log holds what the callers were told: no more, no less, and nothing else.</summary>
public sealed class PromisesRule(AuditFindings findings, IEnumerable<Promise> promises) : ILogRule
{
    /// <summary>
    /// So many refusals of one player and treasure, and of one player and treasures that do not exist, are recorded before any is not. It
    /// repeats the worker's limit, so that a wrong limit there is found here.
    /// </summary>
    private const int MaxRecordedRefusals = 20;

    /// <summary>Stands for all treasures that do not exist.</summary>
    private const string NoTreasure = "";

    private readonly Dictionary<Guid, Promise> _promises = promises.ToDictionary(promise => promise.ClaimId);
    private readonly Dictionary<Guid, (string Outcome, string? Reason)> _recorded = [];
    private readonly Dictionary<(string PlayerId, string TreasureId), int> _refusals = [];

    public void Observe(FeedEvent entry)
    {
        if (entry.Event is not IClaimEvent claim)
        {
            return;
        }

        _recorded[claim.ClaimId] = claim is ClaimRefused refused ? (Outcomes.Rejected, ToldAs(refused.Reason)) : (Outcomes.Won, null);
        if (claim is ClaimRefused { Reason: var reason })
        {
            var of = reason == Reasons.TreasureNotFound ? NoTreasure : claim.TreasureId;
            _refusals[(claim.PlayerId, of)] = RefusalsOf(claim.PlayerId, of) + 1;
        }

        if (!_promises.TryGetValue(claim.ClaimId, out var promise)
            || (promise.PlayerId, promise.TreasureId) != (claim.PlayerId, claim.TreasureId))
        {
            findings.Add(Invariants.NoStrangers, $"{claim.TreasureId}: claim {claim.ClaimId} of {claim.PlayerId}");
        }
        else if (claim is TreasureAwarded && !promise.ProofRight)
        {
            findings.Add(Invariants.Proof, $"{claim.TreasureId}: claim {claim.ClaimId} of {claim.PlayerId}");
        }
    }

    public void Conclude()
    {
        foreach (var promise in _promises.Values)
        {
            if (_recorded.TryGetValue(promise.ClaimId, out var recorded))
            {
                Compare(promise, recorded);
            }
            else if (promise.Accepted && !MayBeUnrecorded(promise))
            {
                findings.Add(Invariants.NothingLost, $"{promise.TreasureId}: claim {promise.ClaimId} of {promise.PlayerId}");
            }

            if (promise.Contradicted)
            {
                findings.Add(Invariants.Told, $"{promise.TreasureId}: claim {promise.ClaimId} was told two things");
            }
        }
    }

    // Refusals of a player who was refused often at a treasure, or at treasures that do not exist, are told and not recorded; nothing is
    // known of the key, which may even win later.
    private bool MayBeUnrecorded(Promise promise) =>
        (promise.Outcome is null || promise.Reason == Reasons.TooManyRefusals)
        && (RefusalsOf(promise.PlayerId, promise.TreasureId) >= MaxRecordedRefusals
        || RefusalsOf(promise.PlayerId, NoTreasure) >= MaxRecordedRefusals);

    // Before the opening of its hunt, players are not told that there is such a treasure.
    private static string ToldAs(string reason) => reason == Reasons.HuntNotOpen ? Reasons.TreasureNotFound : reason;

    private int RefusalsOf(string playerId, string treasureId) => _refusals.GetValueOrDefault((playerId, treasureId));

    private void Compare(Promise promise, (string Outcome, string? Reason) recorded)
    {
        if (promise.Outcome is not null && promise.Reason != Reasons.TooManyRefusals && (promise.Outcome, promise.Reason) != recorded)
        {
            findings.Add(
                Invariants.Told,
                $"{promise.TreasureId}: claim {promise.ClaimId} was told {promise.Outcome} {promise.Reason}, on record is {recorded.Outcome} {recorded.Reason}");
        }

        if (promise is { Refused: true, Accepted: false, Unsure: false })
        {
            findings.Add(Invariants.RefusedMeansNothing, $"{promise.TreasureId}: claim {promise.ClaimId} of {promise.PlayerId}");
        }
    }
}
