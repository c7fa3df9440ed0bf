using TreasureHunt.Projections.Feed;

namespace TreasureHunt.Projections.Folding;

/// <summary>
/// Keeps the fold of each stream current, page by page. A stream whose beginning was not seen is folded from the log, so what
/// is kept here may be dropped at any time, and a restart needs nothing from the caches.
/// </summary>
/// <remarks>Not thread-safe: a read model works on one page at a time.</remarks>
public sealed class StreamFolds<TView>(FactReader log, Func<TView?, object, TView?> fold)
    where TView : class
{
    private const int Kept = 20_000;

    private readonly Dictionary<string, Folded<TView>> _folds = [];

    /// <summary>The whole state of every stream that the facts touch, at the facts or later.</summary>
    public async Task<IReadOnlyList<Folded<TView>>> Advance(IEnumerable<Fact> facts, CancellationToken cancellation)
    {
        var touched = new Dictionary<string, Folded<TView>>();
        foreach (var stream in facts.GroupBy(fact => fact.Stream))
        {
            var current = _folds.TryGetValue(stream.Key, out var known) ? known
                : stream.First().Version == 1 ? default
                : (await log.Stream(stream.Key, cancellation)).Aggregate(default(Folded<TView>), (folded, fact) => folded.After(fact, fold));
            touched[stream.Key] = stream.Aggregate(current, (folded, fact) => folded.After(fact, fold));
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
}

/// <summary>A view and the sequence of the last event that is in it.</summary>
public readonly record struct Folded<TView>(long Sequence, TView? View)
    where TView : class
{
    /// <summary>The state after one more event; an event that is in it already changes nothing.</summary>
    public Folded<TView> After(Fact fact, Func<TView?, object, TView?> fold) =>
        fact.Sequence <= Sequence ? this : new Folded<TView>(fact.Sequence, fold(View, fact.Data));
}
