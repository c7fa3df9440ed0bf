using System.Collections.Concurrent;
using System.Diagnostics;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// The hunts and treasures that this process has read lately. The projections push their changes, so a view is not read again while no
/// message is lost. Regular reads of the checkpoints prove that: they cost the same for any number of views.
/// </summary>
public sealed class PushedViews(CachingOptions options, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _localTtl = (long)(options.LocalTtl.TotalSeconds * Stopwatch.Frequency);
    private readonly ConcurrentDictionary<string, PushedView> _views = new();
    private volatile MessageChain? _chain;
    private string? _generations;
    private long _usedAt;

    /// <summary>When a view was last requested, in ticks of <see cref="Stopwatch"/>.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    /// <summary>Returns a view that is current; null when it has to be read.</summary>
    /// <param name="since">The view must have every change that was written before this time, in ticks of <see cref="Stopwatch"/>.</param>
    public ReadView<TView>? Find<TView>(string name, long since)
    {
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _usedAt, now);
        return _views.TryGetValue(name, out var view)
            ? view.Get<TView>(Math.Max(since, now - _localTtl), timeProvider)
            : null;
    }

    /// <summary>
    /// Begins to follow a view, before it is read from Redis. Null when messages are not received, or when the memory is full: then the
    /// view cannot be followed.
    /// </summary>
    public PushedView? Begin(string name) => _chain is not { } chain || _views.Count >= options.MaxLocalEntries ? null
        : _views.AddOrUpdate(name, _ => new PushedView(chain), (_, known) => known.Chain == chain ? known : new PushedView(chain));

    /// <summary>Ends to follow a view.</summary>
    /// <param name="store">Gets the last value and the time for which it is known to be current.</param>
    public void End<TView>(string name, Action<ReadView<TView>, long> store)
    {
        if (_views.TryGetValue(name, out var view) && view.TryHandOver(store, timeProvider))
        {
            Remove(name, view);
        }
    }

    /// <summary>Ends to follow a view that does not exist.</summary>
    public void Remove(string name, PushedView view) => _views.TryRemove(new KeyValuePair<string, PushedView>(name, view));

    /// <summary>Ends to follow all views that were not requested since the call before.</summary>
    public void RemoveUnused()
    {
        foreach (var (name, view) in _views)
        {
            if (!view.IsUsed)
            {
                Remove(name, view);
            }

            view.IsUsed = false;
        }
    }

    /// <summary>Applies a message.</summary>
    public void Receive(PublishedChanges message)
    {
        foreach (var (name, value) in message.Changes)
        {
            if (_views.TryGetValue(name, out var view))
            {
                view.Push(value);
            }
        }

        lock (_lock)
        {
            if (_chain?.TryReceive(message.After, message.UpTo) == false)
            {
                _chain = new MessageChain(message.UpTo);
            }
        }
    }

    /// <summary>Compares the messages with the checkpoints in Redis.</summary>
    /// <param name="generations">The live generations that the checkpoints and views belong to.</param>
    /// <param name="checkpoints">Null when they cannot be read.</param>
    /// <param name="readAt">When the read of the checkpoints began, in ticks of <see cref="Stopwatch"/>.</param>
    public void Check(string? generations, Checkpoints? checkpoints, long readAt)
    {
        lock (_lock)
        {
            if (_generations != generations || checkpoints is null || _chain?.TryCheck(checkpoints.Highest, readAt) != true)
            {
                // While a batch is being written, a partition may have a change whose message is still to come.
                _chain = checkpoints is { } known && known.Lowest == known.Highest ? new MessageChain(known.Highest) : null;
                _generations = generations;
            }
        }
    }
}
