using TreasureHunt.EventStore.Reading;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// Keeps the fold of each stream current, page by page. A stream whose beginning was not seen is folded from the event store as
/// it is read, so what is kept here may be dropped at any time, and a restart needs nothing from the caches.
/// </summary>
/// <remarks>Not thread-safe: a read model works on one page at a time.</remarks>
public sealed class StreamStates<TView>(RecordedEventReader log, Func<TView?, object, TView?> fold)
    where TView : class
{
    private const int MaxStreams = 20_000;

    private readonly Dictionary<string, Versioned<TView?>> _folds = [];

    /// <summary>The whole state of every stream that the facts touch, at the facts or later.</summary>
    /// <remarks>A stream that cannot be folded comes with its failure and without a view. It is folded anew at its next fact.</remarks>
    public async Task<IReadOnlyList<StreamState<TView>>> AdvanceAsync(IEnumerable<RecordedEvent> facts, CancellationToken cancellationToken)
    {
        var touched = new List<StreamState<TView>>();
        foreach (var stream in facts.GroupBy(fact => fact.Stream))
        {
            touched.Add(await AdvanceAsync(stream.Key, [.. stream], cancellationToken));
        }

        return touched.FindAll(stream => stream.State.Value is not null || stream.Failure is not null);
    }

    /// <summary>The state of a stream at a sequence, or later when later facts were advanced; null when it has none.</summary>
    public async Task<TView?> AtAsync(string stream, long sequence, CancellationToken cancellationToken)
    {
        if (!_folds.TryGetValue(stream, out var known))
        {
            Keep(stream, known = await LoadAsync(stream, sequence, cancellationToken));
        }

        return known.Value;
    }

    private async Task<StreamState<TView>> AdvanceAsync(string stream, List<RecordedEvent> facts, CancellationToken cancellationToken)
    {
        try
        {
            var current = _folds.TryGetValue(stream, out var known) ? known
                : facts[0].Version == 1 ? default
                : await LoadAsync(stream, facts[0].Sequence - 1, cancellationToken);
            var state = facts.Aggregate(current, (folded, fact) => folded.After(fact, Fold));
            Keep(stream, state);
            return new StreamState<TView>(stream, state);
        }
        catch (Exception exception) when (exception is EvolveException || IsolatedKeys.IsDataFailure(exception))
        {
            _folds.Remove(stream);
            return new StreamState<TView>(stream, new Versioned<TView?>(facts[^1].Sequence, null), exception);
        }
    }

    private async Task<Versioned<TView?>> LoadAsync(string stream, long upTo, CancellationToken cancellationToken)
    {
        var state = default(Versioned<TView?>);
        await foreach (var fact in log.StreamAsync(stream, PointInTime.At(upTo), cancellationToken))
        {
            state = state.After(fact, Fold);
        }

        return state;
    }

    private void Keep(string stream, Versioned<TView?> state)
    {
        if (_folds.Count >= MaxStreams)
        {
            _folds.Clear();
        }

        _folds[stream] = state;
    }

    // A fold is pure: what it throws, it throws again.
    private TView? Fold(TView? view, object @event)
    {
        try
        {
            return fold(view, @event);
        }
        catch (Exception exception)
        {
            throw new EvolveException(exception);
        }
    }
}

/// <summary>A fold refused an event.</summary>
public sealed class EvolveException(Exception inner) : Exception(inner.Message, inner);

/// <summary>A stream and its state; the failure when it cannot be folded.</summary>
public readonly record struct StreamState<TView>(string Stream, Versioned<TView?> State, Exception? Failure = null)
    where TView : class;

/// <summary>The fold of the events of a stream.</summary>
public static class Folding
{
    /// <summary>The state after one more event; an event that is in it already changes nothing.</summary>
    public static Versioned<TView?> After<TView>(this Versioned<TView?> state, RecordedEvent recorded, Func<TView?, object, TView?> fold)
        where TView : class =>
        recorded.Sequence <= state.Sequence ? state : new Versioned<TView?>(recorded.Sequence, fold(state.Value, recorded.Data));
}
