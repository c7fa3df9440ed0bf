using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;

namespace TreasureHunt.Commands.Claims.Refusals;

/// <summary>
/// Counts the refusals that this worker has recorded, by player and treasure, so that one player cannot fill the event store. Ids of
/// treasures can be invented: refusals of treasures that do not exist are counted by the player alone, see
/// <see cref="ClaimDecider.CountedAt"/>. The counts are in memory and bounded: a worker that starts, or has forgotten a pair for others,
/// counts anew. Once the count of a treasure has come to
/// <see cref="ClaimDecider.MaxRecordedRefusals"/>, a reservation records it permanently.
/// </summary>
public sealed class RecordedRefusals
{
    /// <summary>Pairs in one generation. Two are kept: about 20 MB.</summary>
    private const int MaxPairs = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<(string TreasureId, string PlayerId), int> _current = [];
    private Dictionary<(string TreasureId, string PlayerId), int> _previous = [];

    /// <summary>How many are known.</summary>
    /// <param name="treasureId">Empty for those of treasures that do not exist.</param>
    public int Of(string treasureId, string playerId)
    {
        lock (_lock)
        {
            return Known((treasureId, playerId));
        }
    }

    /// <summary>Counts refusals that were committed.</summary>
    public void Add(IEnumerable<IClaimEvent> committed)
    {
        lock (_lock)
        {
            foreach (var refused in committed.OfType<ClaimRefused>())
            {
                var pair = ClaimDecider.CountedAt(refused);
                var count = Known(pair) + 1;
                if (_current.Count >= MaxPairs && !_current.ContainsKey(pair))
                {
                    (_previous, _current) = (_current, []);
                }

                _current[pair] = count;
            }
        }
    }

    private int Known((string TreasureId, string PlayerId) pair) =>
        _current.TryGetValue(pair, out var count) ? count : _previous.GetValueOrDefault(pair);
}
