using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;

namespace TreasureHunt.Commands.Claims.Refusals;

/// <summary>
/// Counts the refusals that this worker has recorded, by player and treasure, so that one player cannot fill the event store. Refusals of
/// treasures that do not exist are counted by player only, because ids can be invented (see <see cref="ClaimDecider.RefusalKeyOf"/>). The
/// counts are in memory and bounded: they begin at 0 after a start of the worker and after an eviction. When the count of a treasure
/// reaches <see cref="ClaimLimits.MaxRecordedRefusals"/>, a reservation records it permanently.
/// </summary>
public sealed class RefusalCounter
{
    /// <summary>Maximum number of keys in a generation. Two generations are kept: about 20 MB.</summary>
    private const int MaxKeys = 50_000;

    private readonly Lock _lock = new();
    private Dictionary<(string TreasureId, string PlayerId), int> _current = [];
    private Dictionary<(string TreasureId, string PlayerId), int> _previous = [];

    /// <summary>Returns the known number of recorded refusals.</summary>
    /// <param name="treasureId">Empty for treasures that do not exist.</param>
    public int CountOf(string treasureId, string playerId)
    {
        lock (_lock)
        {
            return CountOf((treasureId, playerId));
        }
    }

    /// <summary>Counts refusals that were committed.</summary>
    public void Add(IEnumerable<IClaimEvent> committed)
    {
        lock (_lock)
        {
            foreach (var refused in committed.OfType<ClaimRefused>())
            {
                var key = ClaimDecider.RefusalKeyOf(refused);
                var count = CountOf(key) + 1;
                if (_current.Count >= MaxKeys && !_current.ContainsKey(key))
                {
                    (_previous, _current) = (_current, []);
                }

                _current[key] = count;
            }
        }
    }

    private int CountOf((string TreasureId, string PlayerId) key) =>
        _current.TryGetValue(key, out var count) ? count : _previous.GetValueOrDefault(key);
}
