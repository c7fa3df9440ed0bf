using TreasureHunt.EventStore.Reading;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Keeps the current state of streams in memory. The state of a stream that is not in memory is computed from the event store, so
/// states can be dropped at any time, and a restart needs nothing from the caches.
/// </summary>
/// <remarks>Not thread-safe: a read model applies one batch at a time.</remarks>
public sealed class StreamStates<TView>(EventReader eventReader, Func<TView?, object, TView?> evolve)
    where TView : class
{
    private const int MaxStreams = 20_000;

    private readonly Dictionary<string, Versioned<TView?>> _states = [];

    /// <summary>Applies events. Returns the state of each stream that they belong to, at the last of them or later.</summary>
    /// <remarks>
    /// A stream whose events cannot be applied has its failure and no view. Its state is computed anew at its next event.
    /// </remarks>
    public async Task<IReadOnlyList<StreamState<TView>>> ApplyEventsAsync(
        IEnumerable<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var streams = new List<StreamState<TView>>();
        foreach (var stream in events.GroupBy(recorded => recorded.Stream))
        {
            streams.Add(await ApplyStreamEventsAsync(stream.Key, [.. stream], cancellationToken));
        }

        return streams.FindAll(stream => stream.State.Value is not null || stream.Failure is not null);
    }

    /// <summary>The state of a stream at a sequence, or later when later events were applied; null when it has none.</summary>
    public async ValueTask<TView?> StateAtAsync(string stream, long sequence, CancellationToken cancellationToken)
    {
        if (!_states.TryGetValue(stream, out var known))
        {
            CacheState(stream, known = await LoadStateAsync(stream, sequence, cancellationToken));
        }

        return known.Value;
    }

    private async Task<StreamState<TView>> ApplyStreamEventsAsync(
        string stream, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            var current = _states.TryGetValue(stream, out var known) ? known
                : events[0].Version == 1 ? default
                : await LoadStateAsync(stream, events[0].Sequence - 1, cancellationToken);
            var state = events.Aggregate(current, (before, recorded) => before.Evolve(recorded, EvolveView));
            CacheState(stream, state);
            return new StreamState<TView>(stream, state);
        }
        catch (Exception exception) when (exception is EvolveException || IsolatedKeys.IsDataFailure(exception))
        {
            _states.Remove(stream);
            return new StreamState<TView>(stream, new Versioned<TView?>(events[^1].Sequence, null), exception);
        }
    }

    private async Task<Versioned<TView?>> LoadStateAsync(string stream, long upTo, CancellationToken cancellationToken)
    {
        var state = default(Versioned<TView?>);
        await foreach (var recorded in eventReader.ReadStreamAsync(stream, PointInTime.At(upTo), cancellationToken))
        {
            state = state.Evolve(recorded, EvolveView);
        }

        return state;
    }

    private void CacheState(string stream, Versioned<TView?> state)
    {
        if (_states.Count >= MaxStreams)
        {
            _states.Clear();
        }

        _states[stream] = state;
    }

    // The projection is pure: the same event fails again, so the failure is one of the data.
    private TView? EvolveView(TView? view, object @event)
    {
        try
        {
            return evolve(view, @event);
        }
        catch (Exception exception)
        {
            throw new EvolveException(exception);
        }
    }
}
