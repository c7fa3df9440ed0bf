using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Projections.Audit;

/// <summary>Counts a hunt's log from the rules alone: it shares no code with the side that decided.</summary>
public sealed class HuntTally
{
    private readonly Dictionary<string, Counts> _treasures = [];
    private readonly Dictionary<(string Scope, string Player), int> _awards = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly HashSet<Guid> _decided = [];
    private int? _playerLimit;

    public int Events { get; private set; }

    public int Won { get; private set; }

    public int Rejected { get; private set; }

    public int Revoked { get; private set; }

    public int DoubleWinners { get; private set; }

    public int LimitViolations { get; private set; }

    public int DuplicateOutcomes { get; private set; }

    public int VersionHoles { get; private set; }

    public int Treasures => _treasures.Count;

    public int OverStock => _treasures.Values.Count(counts => counts.WasOver);

    public void Add(string stream, long version, object @event)
    {
        Events++;
        VersionHoles += version == _versions.GetValueOrDefault(stream) + 1 ? 0 : 1;
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
                Decide(e);
                Award(e);
                break;
            case ClaimRefused e:
                Rejected++;
                Decide(e);
                break;
            case AwardRevoked e:
                Revoked++;
                _treasures[e.TreasureId].Awarded--;
                _awards[("", e.PlayerId)]--;
                _awards[(e.TreasureId, e.PlayerId)]--;
                break;
        }
    }

    private void Decide(IClaimEvent e) => DuplicateOutcomes += _decided.Add(e.ClaimId) ? 0 : 1;

    private void Award(TreasureAwarded e)
    {
        var treasure = _treasures[e.TreasureId];
        var here = _awards[(e.TreasureId, e.PlayerId)] = _awards.GetValueOrDefault((e.TreasureId, e.PlayerId)) + 1;
        var inHunt = _awards[("", e.PlayerId)] = _awards.GetValueOrDefault(("", e.PlayerId)) + 1;
        treasure.Awarded++;
        var over = treasure.Awarded > treasure.Stock;
        treasure.WasOver |= over;
        DoubleWinners += over || here > treasure.PerPlayer ? 1 : 0;
        LimitViolations += here > treasure.PerPlayer || inHunt > _playerLimit ? 1 : 0;
    }

    private sealed class Counts
    {
        public int Stock { get; set; }

        public int Awarded { get; set; }

        public int PerPlayer { get; init; }

        public bool WasOver { get; set; }
    }
}
