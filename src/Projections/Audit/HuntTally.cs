using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Projections.Audit;

/// <summary>Counts the events of a hunt and checks the rules. It shares no code with the deciders.</summary>
public sealed class HuntTally
{
    private readonly Dictionary<string, Counts> _treasures = [];
    private readonly Dictionary<(string Scope, string Player), int> _awards = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly HashSet<Guid> _decided = [];
    private readonly Dictionary<string, DateTimeOffset> _lastReceived = [];
    private int? _playerLimit;

    public int Events { get; private set; }

    public int Won { get; private set; }

    public int Rejected { get; private set; }

    public int Revoked { get; private set; }

    public int DoubleWinners { get; private set; }

    public int LimitViolations { get; private set; }

    public int DuplicateOutcomes { get; private set; }

    public int VersionGaps { get; private set; }

    public int Inversions { get; private set; }

    public TimeSpan LongestInversion { get; private set; }

    public int Treasures => _treasures.Count;

    public int Oversold => _treasures.Values.Count(counts => counts.WasOversold);

    /// <summary>The streams of the counted events.</summary>
    public IReadOnlyCollection<string> Streams => _versions.Keys;

    public void CountEvent(string stream, long version, object @event)
    {
        Events++;
        VersionGaps += version == _versions.GetValueOrDefault(stream) + 1 ? 0 : 1;
        _versions[stream] = version;
        switch (@event)
        {
            case HuntDrafted e:
                _playerLimit = e.PlayerLimit;
                break;
            case TreasureHidden e:
                _treasures[e.TreasureId] = new Counts { Stock = e.Stock, PerPlayer = e.PerPlayer };
                break;
            case TreasureRestocked e:
                _treasures[e.TreasureId].Stock += e.Units;
                break;
            case TreasureAwarded e:
                Won++;
                CountDecision(e);
                CountAward(e);
                break;
            case ClaimRefused e:
                Rejected++;
                CountDecision(e);
                break;
            case AwardRevoked e:
                Revoked++;
                _treasures[e.TreasureId].Awarded--;
                _awards[("", e.PlayerId)]--;
                _awards[(e.TreasureId, e.PlayerId)]--;
                break;
        }
    }

    /// <summary>Compares the streams' rows, which writers lock and update, with the events.</summary>
    /// <param name="versions">Versions by stream. They may be newer than the counted events.</param>
    public void CompareStreams(IReadOnlyDictionary<string, long> versions) =>
        VersionGaps += _versions.Count(stream => versions.GetValueOrDefault(stream.Key) < stream.Value);

    public HuntReport ToReport(string huntId, IReadOnlyList<ReadModelReport> readModels) => new(
        huntId, Events, Treasures, Decided: Won + Rejected, Won, Rejected, Revoked, DoubleWinners, Oversold, LimitViolations,
        DuplicateOutcomes, VersionGaps, Inversions, Math.Round(LongestInversion.TotalMilliseconds, 3), readModels);

    private void CountDecision(IClaimEvent e)
    {
        DuplicateOutcomes += _decided.Add(e.ClaimId) ? 0 : 1;
        var inversion = _lastReceived.GetValueOrDefault(e.TreasureId) - e.AcceptedAt;
        if (inversion > TimeSpan.Zero)
        {
            Inversions++;
            LongestInversion = inversion > LongestInversion ? inversion : LongestInversion;
        }
        else
        {
            _lastReceived[e.TreasureId] = e.AcceptedAt;
        }
    }

    private void CountAward(TreasureAwarded e)
    {
        var treasure = _treasures[e.TreasureId];
        var ofTreasure = _awards[(e.TreasureId, e.PlayerId)] = _awards.GetValueOrDefault((e.TreasureId, e.PlayerId)) + 1;
        var ofHunt = _awards[("", e.PlayerId)] = _awards.GetValueOrDefault(("", e.PlayerId)) + 1;
        treasure.Awarded++;
        var isOversold = treasure.Awarded > treasure.Stock;
        treasure.WasOversold |= isOversold;
        DoubleWinners += isOversold || ofTreasure > treasure.PerPlayer ? 1 : 0;
        LimitViolations += ofTreasure > treasure.PerPlayer || ofHunt > _playerLimit ? 1 : 0;
    }

    private sealed class Counts
    {
        public int Stock { get; set; }

        public int Awarded { get; set; }

        public int PerPlayer { get; init; }

        public bool WasOversold { get; set; }
    }
}
