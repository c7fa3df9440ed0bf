using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// One worker's try at deciding some claims together. It reads when it is made; others may commit before it does, and then
/// it must lose.
/// </summary>
internal sealed class Attempt
{
    private readonly Ledger _ledger;
    private readonly IReadOnlyList<AcceptedClaim> _claims;
    private readonly Dictionary<string, long> _versions;
    private readonly QuotaReservations _reservations;
    private readonly ClaimBatch _book;

    public Attempt(Ledger ledger, IReadOnlyList<AcceptedClaim> claims)
    {
        (_ledger, _claims) = (ledger, claims);
        var treasures = claims.Select(claim => claim.TreasureId).Distinct().ToList();
        _versions = treasures.SelectMany(StreamsOf).ToDictionary(stream => stream, ledger.VersionOf);
        _reservations = ledger.Reservations();
        var ids = claims.Select(claim => claim.ClaimId).ToHashSet();
        var earlier = ledger.Log.Select(entry => entry.Event).OfType<IClaimEvent>().Where(e => ids.Contains(e.ClaimId)).ToDictionary(
            e => e.ClaimId);
        _book = new ClaimBatch(treasures.ToDictionary(id => id, Stand), _reservations, earlier, ledger.RefusalsOf);
    }

    /// <summary>The outcome of each claim, once committed.</summary>
    public IReadOnlyCollection<IClaimEvent> Outcomes => [.. _book.Outcomes.Values];

    /// <summary>Decides, and commits in one transaction. False when somebody else was faster.</summary>
    public bool TryCommit(DateTimeOffset now)
    {
        var decided = _book.Decide(_claims, now);
        // Awards and refusals share one line of positions: both streams of a treasure must be as they were read.
        var read = decided.Select(e => e.TreasureId).Distinct().SelectMany(StreamsOf).ToDictionary(
            stream => stream, stream => _versions[stream]);
        var entries = decided
            .Select(e => (Event: e, Stream: e is ClaimRefused ? StreamNames.Refusals(e.TreasureId) : StreamNames.Treasure(e.TreasureId)))
            .Select(e => new Ledger.LedgerEntry(e.Stream, ++_versions[e.Stream], e.Event.ClaimId, e.Event))
            .ToList();
        return _ledger.TryCommit(entries, _reservations.New, read);
    }

    private static string[] StreamsOf(string treasureId) => [StreamNames.Treasure(treasureId), StreamNames.Refusals(treasureId)];

    private TreasureDecisionState Stand(string treasureId)
    {
        var treasure = _ledger.TreasureAt(treasureId);
        return new TreasureDecisionState(
            treasure, _ledger.HuntAt(treasure?.HuntId ?? ""), _ledger.VersionOf(StreamNames.Refusals(treasureId)));
    }
}
