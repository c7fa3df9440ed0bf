using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>Passes a ledger's events to the independent checker and asserts that it finds no broken invariant.</summary>
internal sealed class LedgerInvariants
{
    /// <summary>The worker's limit of wrong proofs of one player for one treasure.</summary>
    private const int MaxWrongProofs = 10;

    private readonly Dictionary<Guid, IClaimEvent> _outcomes = [];
    private readonly Dictionary<(string TreasureId, string PlayerId), int> _wrongProofs = [];

    private LedgerInvariants(IReadOnlyList<Ledger.LedgerEntry> log, EventChecker checker)
    {
        for (var n = 0; n < log.Count; n++)
        {
            checker.Observe(FeedEventOf(n + 1, log[n]));
            if (log[n].Event is IClaimEvent outcome)
            {
                _outcomes.TryAdd(outcome.ClaimId, outcome);
            }

            if (log[n].Event is ClaimRefused { Reason: "proof-wrong" } wrong)
            {
                var player = (wrong.TreasureId, wrong.PlayerId);
                _wrongProofs[player] = _wrongProofs.GetValueOrDefault(player) + 1;
            }
        }

        var broken = checker.Conclude().All.Select(finding => Invariants.RuleOf(finding.Invariant)).ToList();
        Assert.True(broken.Count == 0, string.Join("; ", broken));
        Assert.True(
            _wrongProofs.Values.All(count => count <= MaxWrongProofs), "a player gives ten wrong proofs for a treasure, not more");
    }

    /// <summary>Checks the events of a ledger. The checker counts event by event, so the invariants hold at every prefix.</summary>
    public static LedgerInvariants Audit(IReadOnlyList<Ledger.LedgerEntry> log) => new(log, new EventChecker());

    /// <summary>Checks the events, and that they match the claims that were sent.</summary>
    public static LedgerInvariants Audit(IReadOnlyList<Ledger.LedgerEntry> log, IEnumerable<ClaimObservation> claims) =>
        new(log, new EventChecker(claims));

    /// <summary>The one outcome of each claim.</summary>
    public IReadOnlyDictionary<Guid, IClaimEvent> Outcomes => _outcomes;

    /// <summary>Asserts that exactly these claims have an outcome.</summary>
    public void HasDecided(IEnumerable<Guid> claims) => Assert.Equal(claims.Distinct().Order(), _outcomes.Keys.Order());

    /// <summary>Asserts that the positions of a treasure's claims have no gaps and no duplicates.</summary>
    public void HasDensePlaces()
    {
        foreach (var treasure in _outcomes.Values.GroupBy(outcome => outcome.TreasureId))
        {
            Assert.Equal(
                Enumerable.Range(1, treasure.Count()).Select(place => (long)place), treasure.Select(outcome => outcome.Position).Order());
        }
    }

    private static FeedEvent FeedEventOf(long sequence, Ledger.LedgerEntry entry) => new(
        sequence, entry.Stream, entry.Version, EventNames.All[entry.Event.GetType()], entry.Id, TimeOf(entry.Event), entry.Event);

    private static DateTimeOffset TimeOf(object @event) => @event switch
    {
        IClaimEvent claim => claim.DecidedAt,
        IHuntEvent hunt => hunt.At,
        _ => default,
    };
}
