using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// The attempt of one worker to decide a batch of claims. The constructor reads the state. The commit fails when another
/// attempt on the same streams committed in between.
/// </summary>
internal sealed class DecisionAttempt
{
    private readonly Ledger _ledger;
    private readonly IReadOnlyList<AcceptedClaim> _claims;
    private readonly Dictionary<string, long> _versions;
    private readonly QuotaReservations _reservations;
    private readonly ClaimBatch _batch;

    public DecisionAttempt(Ledger ledger, IReadOnlyList<AcceptedClaim> claims)
    {
        (_ledger, _claims) = (ledger, claims);
        var treasures = claims.Select(claim => claim.TreasureId).Distinct().ToList();
        _versions = treasures.SelectMany(StreamsOf).ToDictionary(stream => stream, ledger.VersionOf);
        _reservations = ledger.Reservations();
        var ids = claims.Select(claim => claim.ClaimId).ToHashSet();
        var earlier = ledger.Entries.Select(entry => entry.Event).OfType<IClaimEvent>().Where(e => ids.Contains(e.ClaimId)).ToDictionary(
            e => e.ClaimId);
        _batch = new ClaimBatch(treasures.ToDictionary(id => id, StateOf), _reservations, earlier, ledger.RefusalsOf);
    }

    /// <summary>The outcome of each claim, once committed.</summary>
    public IReadOnlyCollection<IClaimEvent> Outcomes => [.. _batch.Outcomes.Values];

    /// <summary>Decides and commits in one transaction. Returns false on a conflict with another attempt.</summary>
    public bool TryCommit(DateTimeOffset now)
    {
        var decided = _batch.Decide(_claims, now);
        // Awards and refusals share one sequence of positions, so the versions of both streams of a treasure are checked.
        var read = decided.Select(e => e.TreasureId).Distinct().SelectMany(StreamsOf).ToDictionary(
            stream => stream, stream => _versions[stream]);
        var entries = decided
            .Select(e => (Event: e, Stream: e is ClaimRefused ? StreamNames.Refusals(e.TreasureId) : StreamNames.Treasure(e.TreasureId)))
            .Select(e => new Ledger.LedgerEntry(e.Stream, ++_versions[e.Stream], e.Event.ClaimId, e.Event))
            .ToList();
        return _ledger.TryCommit(entries, _reservations.NewReservations, read);
    }

    private static string[] StreamsOf(string treasureId) => [StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId)];

    private TreasureDecisionState StateOf(string treasureId)
    {
        var treasure = _ledger.TreasureAt(treasureId);
        return new TreasureDecisionState(
            treasure, _ledger.HuntAt(treasure?.HuntId ?? ""), _ledger.VersionOf(StreamNames.Refusals(treasureId)));
    }
}
