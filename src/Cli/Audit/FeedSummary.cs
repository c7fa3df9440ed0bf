using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Cli.Audit;

/// <summary>What a log says happened: the figures of the report that must not depend on who sent the load.</summary>
/// <param name="timed">The claims whose pace is measured.</param>
public sealed class FeedSummary(IReadOnlySet<Guid> timed)
{
    private readonly SortedDictionary<string, int> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Stock, int Awarded)> _shelves = [];
    private readonly HashSet<Guid> _decided = [];
    private int _timedDecided;
    private DateTimeOffset _firstAccepted = DateTimeOffset.MaxValue;
    private DateTimeOffset _lastDecided = DateTimeOffset.MinValue;

    public int Decided => _decided.Count;

    public int Won { get; private set; }

    public IReadOnlyDictionary<string, int> RejectedByReason => _rejected;

    public int Treasures => _shelves.Count;

    public int SoldOut => _shelves.Values.Count(shelf => shelf.Awarded >= shelf.Stock);

    public long Units => _shelves.Values.Sum(shelf => (long)shelf.Stock);

    /// <summary>From the first of the timed claims accepted to the last one decided.</summary>
    public TimeSpan Span => _timedDecided == 0 ? TimeSpan.Zero : _lastDecided - _firstAccepted;

    public double DecidedPerSecond => Span > TimeSpan.Zero ? _timedDecided / Span.TotalSeconds : 0;

    public bool Holds(Guid claimId) => _decided.Contains(claimId);

    public void Observe(FeedEvent entry)
    {
        switch (entry.Event)
        {
            case TreasureHidden hidden:
                Change(hidden.TreasureId, hidden.Stock, 0);
                break;
            case TreasureRestocked restocked:
                Change(restocked.TreasureId, restocked.Units, 0);
                break;
            case AwardRevoked revoked:
                Change(revoked.TreasureId, 0, -1);
                break;
            case TreasureAwarded awarded:
                Won++;
                Change(awarded.TreasureId, 0, 1);
                Decide(awarded);
                break;
            case ClaimRefused refused:
                _rejected[refused.Reason] = _rejected.GetValueOrDefault(refused.Reason) + 1;
                Decide(refused);
                break;
        }
    }

    private void Change(string treasureId, int stock, int awarded)
    {
        var shelf = _shelves.GetValueOrDefault(treasureId);
        _shelves[treasureId] = (shelf.Stock + stock, shelf.Awarded + awarded);
    }

    private void Decide(IClaimEvent claim)
    {
        if (!_decided.Add(claim.ClaimId) || !timed.Contains(claim.ClaimId))
        {
            return;
        }

        _timedDecided++;
        _firstAccepted = claim.AcceptedAt < _firstAccepted ? claim.AcceptedAt : _firstAccepted;
        _lastDecided = claim.DecidedAt > _lastDecided ? claim.DecidedAt : _lastDecided;
    }
}
