using TreasureHunt.Contracts.Events;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// Checks the invariants event by event, so at every prefix of the log. It counts for itself and shares no code with the
/// engine's fold.
/// </summary>
internal sealed class LedgerInvariants
{
    private readonly Dictionary<string, int> _units = [];
    private readonly Dictionary<string, int> _perPlayer = [];
    private readonly Dictionary<string, int?> _playerLimit = [];
    private readonly Dictionary<Guid, TreasureAwarded> _standing = [];
    private readonly Dictionary<Guid, IClaimEvent> _outcomes = [];

    public static LedgerInvariants Audit(IEnumerable<Ledger.LedgerEntry> log)
    {
        var auditor = new LedgerInvariants();
        foreach (var entry in log)
        {
            auditor.Check(entry.Event);
        }

        return auditor;
    }

    /// <summary>The one outcome of each claim.</summary>
    public IReadOnlyDictionary<Guid, IClaimEvent> Outcomes => _outcomes;

    /// <summary>Every claim that was ever delivered has its outcome, and nothing else has.</summary>
    public void HasDecided(IEnumerable<Guid> claims) => Assert.Equal(claims.Distinct().Order(), _outcomes.Keys.Order());

    /// <summary>A treasure's claims stand in one line without gaps.</summary>
    public void HasDensePlaces()
    {
        foreach (var treasure in _outcomes.Values.GroupBy(outcome => outcome.TreasureId))
        {
            Assert.Equal(
                Enumerable.Range(1, treasure.Count()).Select(place => (long)place), treasure.Select(outcome => outcome.Position).Order());
        }
    }

    private void Check(object @event)
    {
        if (@event is IClaimEvent outcome)
        {
            Assert.True(_outcomes.TryAdd(outcome.ClaimId, outcome), "a claim has one outcome");
        }

        switch (@event)
        {
            case HuntDrafted e:
                _playerLimit.Add(e.HuntId, e.PlayerLimit);
                break;
            case TreasureHidden e:
                _units.Add(e.TreasureId, e.Stock);
                _perPlayer.Add(e.TreasureId, e.PerPlayer);
                break;
            case TreasureRestocked e:
                _units[e.TreasureId] += e.Units;
                break;
            case TreasureAwarded e:
                _standing.Add(e.ClaimId, e);
                CheckLimits(e);
                break;
            case AwardRevoked e:
                Assert.True(_standing.Remove(e.ClaimId), "an award is revoked once, and only while it stands");
                break;
        }

        if (@event is ClaimRefused { Reason: "proof-wrong" } wrong)
        {
            var attempts = _outcomes.Values.OfType<ClaimRefused>().Count(e => e is { Reason: "proof-wrong" } && Same(e, wrong));
            Assert.True(attempts <= 10, "a player gives ten wrong proofs for a treasure, not more");
        }
    }

    private void CheckLimits(TreasureAwarded award)
    {
        var here = _standing.Values.Where(e => e.TreasureId == award.TreasureId).ToList();
        var inHunt = _standing.Values.Count(e => e.HuntId == award.HuntId && e.PlayerId == award.PlayerId);
        Assert.True(here.Count <= _units[award.TreasureId], "awards never exceed the stock");
        Assert.True(
            here.Count(e => e.PlayerId == award.PlayerId) <= _perPlayer[award.TreasureId],
            "a player never exceeds the limit of a treasure");
        Assert.True(_playerLimit[award.HuntId] is not { } limit || inHunt <= limit, "a player never exceeds the limit of a hunt");
    }

    private static bool Same(ClaimRefused one, ClaimRefused other) => (one.TreasureId, one.PlayerId) == (other.TreasureId, other.PlayerId);
}
