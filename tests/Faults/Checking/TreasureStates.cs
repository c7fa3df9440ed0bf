using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Faults.Checking;

/// <summary>The state of a treasure from one event on.</summary>
public readonly record struct TreasureState(long Sequence, int Stock, int Awarded, bool Withdrawn)
{
    public int Remaining => Stock - Awarded;
}

/// <summary>All states that each treasure has had.</summary>
public sealed class TreasureStates
{
    private readonly Dictionary<string, List<TreasureState>> _states = [];

    public TreasureStates(IEnumerable<FeedEvent> log)
    {
        foreach (var entry in log)
        {
            if (entry.Event is ITreasureEvent treasureEvent and not ClaimRefused)
            {
                var states = _states.TryGetValue(treasureEvent.TreasureId, out var known) ? known : _states[treasureEvent.TreasureId] = [];
                states.Add(After(states.LastOrDefault(), treasureEvent) with { Sequence = entry.Sequence });
            }
        }
    }

    /// <summary>The state at a sequence; null when the treasure did not exist.</summary>
    public TreasureState? At(string treasureId, long sequence)
    {
        if (!_states.TryGetValue(treasureId, out var states))
        {
            return null;
        }

        var (low, high) = (0, states.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = states[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? null : states[low - 1];
    }

    private static TreasureState After(TreasureState state, ITreasureEvent treasureEvent) => treasureEvent switch
    {
        TreasureHidden hidden => state with { Stock = hidden.Stock },
        TreasureRestocked restocked => state with { Stock = state.Stock + restocked.Units },
        TreasureAwarded => state with { Awarded = state.Awarded + 1 },
        AwardRevoked => state with { Awarded = state.Awarded - 1 },
        TreasureWithdrawn => state with { Withdrawn = true },
        _ => state,
    };
}
