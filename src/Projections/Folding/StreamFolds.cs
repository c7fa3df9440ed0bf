using JasperFx.Events;
using Marten;

namespace TreasureHunt.Projections.Folding;

/// <summary>
/// Keeps the fold of each stream current, page by page. A stream seen for the first time is folded from the log, so what is
/// kept here may be dropped at any time, and a restart needs nothing from the caches.
/// </summary>
/// <remarks>Not thread-safe: a shard works on one page at a time.</remarks>
public sealed class StreamFolds<TView>(Func<TView?, object, TView?> fold)
    where TView : class
{
    private const int Kept = 20_000;

    private readonly Dictionary<string, Folded<TView>> _folds = [];

    /// <summary>The whole state of every stream that the events touch, at the events or later.</summary>
    public async Task<IReadOnlyList<Folded<TView>>> Advance(IEnumerable<IEvent> events, IQuerySession log, CancellationToken cancellation)
    {
        var touched = new Dictionary<string, Folded<TView>>();
        foreach (var stream in events.GroupBy(e => e.StreamKey!))
        {
            var current = _folds.TryGetValue(stream.Key, out var known) ? known : await FromLog(stream.Key, log, cancellation);
            touched[stream.Key] = stream.Aggregate(current, (folded, e) => folded.After(e, fold));
        }

        if (_folds.Count + touched.Count > Kept)
        {
            _folds.Clear();
        }

        foreach (var (stream, folded) in touched)
        {
            _folds[stream] = folded;
        }

        return touched.Values.Where(folded => folded.View is not null).ToList();
    }

    private async Task<Folded<TView>> FromLog(string stream, IQuerySession log, CancellationToken cancellation)
    {
        var events = await log.Events.FetchStreamAsync(stream, token: cancellation);
        return events.Aggregate(new Folded<TView>(0, null), (folded, e) => folded.After(e, fold));
    }
}

/// <summary>A view and the sequence of the last event that is in it.</summary>
public readonly record struct Folded<TView>(long Sequence, TView? View)
    where TView : class
{
    /// <summary>The state after one more event; an event that is in it already changes nothing.</summary>
    public Folded<TView> After(IEvent e, Func<TView?, object, TView?> fold) =>
        e.Sequence <= Sequence ? this : new Folded<TView>(e.Sequence, fold(View, e.Data));
}
