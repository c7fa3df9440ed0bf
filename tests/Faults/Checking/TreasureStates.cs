using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Faults.Checking;

/// <summary>What a treasure is from one place of the log on.</summary>
public readonly record struct TreasureState(long Sequence, int Stock, int Awarded, bool Withdrawn)
{
    public int Remaining => Stock - Awarded;
}

/// <summary>Every state that each treasure ever had, by the rules of the game.</summary>
public sealed class TreasureStates
{
    private readonly Dictionary<string, List<TreasureState>> _states = [];

    public TreasureStates(IEnumerable<FeedEvent> log)
    {
        foreach (var entry in log)
        {
            if (entry.Event is ITreasureEvent fact and not ClaimRefused)
            {
                var states = _states.TryGetValue(fact.TreasureId, out var known) ? known : _states[fact.TreasureId] = [];
                states.Add(After(states.LastOrDefault(), fact) with { Sequence = entry.Sequence });
            }
        }
    }

    /// <summary>Null when there was no such treasure.</summary>
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

    private static TreasureState After(TreasureState state, ITreasureEvent fact) => fact switch
    {
        TreasureHidden hidden => state with { Stock = hidden.Stock },
        TreasureRestocked restocked => state with { Stock = state.Stock + restocked.Units },
        TreasureAwarded => state with { Awarded = state.Awarded + 1 },
        AwardRevoked => state with { Awarded = state.Awarded - 1 },
        TreasureWithdrawn => state with { Withdrawn = true },
        _ => state,
    };
}
