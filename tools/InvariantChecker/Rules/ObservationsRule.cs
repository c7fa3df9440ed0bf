using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>The recorded outcomes are the ones that clients received, for the claims that they sent and no others.</summary>
public sealed class ObservationsRule(AuditFindings findings, IEnumerable<ClaimObservation> observations) : IEventRule
{
    /// <summary>
    /// The worker records this many refusals of one player and treasure, and of one player and missing treasures, before it stops recording
    /// them. The number repeats the worker's limit, so that a wrong limit there is found here.
    /// </summary>
    private const int MaxRecordedRefusals = 20;

    /// <summary>The id under which refusals at all missing treasures are counted.</summary>
    private const string MissingTreasure = "";

    private readonly Dictionary<Guid, ClaimObservation> _observations = observations.ToDictionary(observation => observation.ClaimId);
    private readonly Dictionary<Guid, (string Outcome, string? Reason)> _recorded = [];
    private readonly Dictionary<(string PlayerId, string TreasureId), int> _refusals = [];

    public void Observe(FeedEvent entry)
    {
        if (entry.Event is not IClaimEvent claim)
        {
            return;
        }

        _recorded[claim.ClaimId] =
            claim is ClaimRefused refused ? (Outcomes.Rejected, ReturnedReason(refused.Reason)) : (Outcomes.Won, null);
        if (claim is ClaimRefused { Reason: var reason })
        {
            var of = reason == Reasons.TreasureNotFound ? MissingTreasure : claim.TreasureId;
            _refusals[(claim.PlayerId, of)] = RefusalsOf(claim.PlayerId, of) + 1;
        }

        if (!_observations.TryGetValue(claim.ClaimId, out var observation)
            || (observation.PlayerId, observation.TreasureId) != (claim.PlayerId, claim.TreasureId))
        {
            findings.Add(Invariants.OnlySentClaims, $"{claim.TreasureId}: claim {claim.ClaimId} of {claim.PlayerId}");
        }
        else if (claim is TreasureAwarded && !observation.ProofRight)
        {
            findings.Add(Invariants.Proof, $"{claim.TreasureId}: claim {claim.ClaimId} of {claim.PlayerId}");
        }
    }

    public void Conclude()
    {
        foreach (var observation in _observations.Values)
        {
            if (_recorded.TryGetValue(observation.ClaimId, out var recorded))
            {
                Compare(observation, recorded);
            }
            else if (observation.Accepted && !MayBeUnrecorded(observation))
            {
                findings.Add(Invariants.NothingLost, Describe(observation));
            }

            if (observation.Contradicted)
            {
                findings.Add(Invariants.ReportedOutcome, $"{Describe(observation)} got two different outcomes");
            }
        }
    }

    // Beyond the limit the worker returns refusals without recording them. Their keys stay unknown, so a later claim with one may even win.
    private bool MayBeUnrecorded(ClaimObservation observation) =>
        (observation.Outcome is null || observation.Reason == Reasons.TooManyRefusals)
        && (RefusalsOf(observation.PlayerId, observation.TreasureId) >= MaxRecordedRefusals
        || RefusalsOf(observation.PlayerId, MissingTreasure) >= MaxRecordedRefusals);

    // Before a hunt opens, the API hides its treasures from players.
    private static string ReturnedReason(string reason) => reason == Reasons.HuntNotOpen ? Reasons.TreasureNotFound : reason;

    private static string Describe(ClaimObservation claim) => $"{claim.TreasureId}: claim {claim.ClaimId} of {claim.PlayerId}";

    private int RefusalsOf(string playerId, string treasureId) => _refusals.GetValueOrDefault((playerId, treasureId));

    private void Compare(ClaimObservation observation, (string Outcome, string? Reason) recorded)
    {
        if (observation.Outcome is not null
            && observation.Reason != Reasons.TooManyRefusals
            && (observation.Outcome, observation.Reason) != recorded)
        {
            findings.Add(
                Invariants.ReportedOutcome,
                $"{Describe(observation)} returned {observation.Outcome} {observation.Reason}, "
                + $"recorded {recorded.Outcome} {recorded.Reason}");
        }

        if (observation is { Refused: true, Accepted: false, Unsure: false })
        {
            findings.Add(Invariants.RefusalRecordsNothing, Describe(observation));
        }
    }
}
