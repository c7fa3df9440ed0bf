using TreasureHunt.EventStore.Reading;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>The state of a stream, or the failure when its events cannot be applied.</summary>
public readonly record struct StreamState<TView>(string Stream, Versioned<TView?> State, Exception? Failure = null)
    where TView : class;

/// <summary>Applies events to versioned states.</summary>
public static class StateEvolution
{
    /// <summary>The state after one more event. An event that is in the state already changes nothing.</summary>
    public static Versioned<TView?> Evolve<TView>(
        this Versioned<TView?> state, RecordedEvent recorded, Func<TView?, object, TView?> evolve)
        where TView : class =>
        recorded.Sequence <= state.Sequence ? state : new Versioned<TView?>(recorded.Sequence, evolve(state.Value, recorded.Data));
}
