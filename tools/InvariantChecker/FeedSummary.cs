using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker;

/// <summary>The figures of a report that come from the recorded events and not from the load generator.</summary>
/// <param name="timed">The claims whose rate is measured.</param>
public sealed class FeedSummary(IReadOnlySet<Guid> timed)
{
    private readonly SortedDictionary<string, int> _rejected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Stock, int Awarded)> _treasures = [];
    private readonly HashSet<Guid> _decided = [];
    private readonly Dictionary<string, DateTimeOffset> _lastReceived = [];
    private int _timedDecided;
    private DateTimeOffset _firstAccepted = DateTimeOffset.MaxValue;
    private DateTimeOffset _lastDecided = DateTimeOffset.MinValue;

    public int Decided => _decided.Count;

    public int Won { get; private set; }

    public IReadOnlyDictionary<string, int> RejectedByReason => _rejected;

    public int Treasures => _treasures.Count;

    public int SoldOut => _treasures.Values.Count(treasure => treasure.Awarded >= treasure.Stock);

    public long Units => _treasures.Values.Sum(treasure => (long)treasure.Stock);

    /// <summary>
    /// Claims that were received before, and decided after, another claim of the same treasure: the order within a transaction is that of
    /// receipt, the order between transactions may be another.
    /// </summary>
    public int Inversions { get; private set; }

    /// <summary>How much earlier such a claim was received than the other one, at most.</summary>
    public TimeSpan LongestInversion { get; private set; }

    /// <summary>From the first acceptance of a timed claim to the last decision.</summary>
    public TimeSpan Span => _timedDecided == 0 ? TimeSpan.Zero : _lastDecided - _firstAccepted;

    public double DecidedPerSecond => Span > TimeSpan.Zero ? _timedDecided / Span.TotalSeconds : 0;

    public bool Contains(Guid claimId) => _decided.Contains(claimId);

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
        var treasure = _treasures.GetValueOrDefault(treasureId);
        _treasures[treasureId] = (treasure.Stock + stock, treasure.Awarded + awarded);
    }

    private void Decide(IClaimEvent claim)
    {
        var lastReceived = _lastReceived.GetValueOrDefault(claim.TreasureId);
        if (claim.AcceptedAt < lastReceived)
        {
            Inversions++;
            LongestInversion = TimeSpan.FromTicks(Math.Max(LongestInversion.Ticks, (lastReceived - claim.AcceptedAt).Ticks));
        }
        else
        {
            _lastReceived[claim.TreasureId] = claim.AcceptedAt;
        }

        if (!_decided.Add(claim.ClaimId) || !timed.Contains(claim.ClaimId))
        {
            return;
        }

        _timedDecided++;
        _firstAccepted = claim.AcceptedAt < _firstAccepted ? claim.AcceptedAt : _firstAccepted;
        _lastDecided = claim.DecidedAt > _lastDecided ? claim.DecidedAt : _lastDecided;
    }
}
