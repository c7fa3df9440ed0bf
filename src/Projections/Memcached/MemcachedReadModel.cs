using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Memcached;

/// <summary>
/// Keeps what is read most, hunts and treasures, in Memcached: the same folds as in Redis, on a shard of their own. A view that
/// Memcached does not take is isolated: a mark in its place sends readers to Redis.
/// </summary>
public sealed class MemcachedReadModel(
    int generation, MemcachedClient memcached, ReadModelKeys keys, RecordedEventReader log, IsolatedKeys isolated) : IReadModel
{
    /// <summary>How long a value stays when nothing happens to it; a reader then fills it again from Redis.</summary>
    private static readonly TimeSpan EntryTtl = TimeSpan.FromHours(1);

    /// <summary>The longest that Memcached can be told.</summary>
    private static readonly TimeSpan MarkerLife = TimeSpan.FromDays(30);

    /// <summary>Views written at once: as many of the largest fit what a connection lets wait.</summary>
    private const int MaxConcurrentWrites = 16;

    private readonly GenerationKeys _names = keys.In(ReadModelNames.Memcached, generation);
    private readonly StreamStates<HuntView> _hunts = new(log, HuntViewProjection.Fold);
    private readonly StreamStates<TreasureView> _treasures = new(log, TreasureViewProjection.Fold);

    public int Generation => generation;

    private string Marker => _names.Checkpoint(0);

    public static bool Includes(Type type) => type != typeof(ClaimRefused);

    public async Task<bool> ApplyAsync(EventBatch page, bool live, CancellationToken cancellationToken)
    {
        var hunts = await _hunts.AdvanceAsync(page.Facts.Where(fact => fact.Data is IHuntEvent), cancellationToken);
        var treasures = await _treasures.AdvanceAsync(page.Facts.Where(fact => fact.Data is ITreasureEvent), cancellationToken);
        var complete = page.After == 0 || await ProgressAsync(cancellationToken) >= page.After;
        // What one page sees is the whole state of what it touches: it is true whatever else was lost.
        var views = hunts.Select(hunt => ViewOf(_names.Hunt(StreamNames.HuntOf(hunt.Stream)).Name, hunt))
            .Concat(treasures.Select(treasure => ViewOf(_names.Treasure(StreamNames.TreasureOf(treasure.Stream)).Name, treasure)));
        await Parallel.ForEachAsync(
            views, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentWrites, CancellationToken = cancellationToken },
            async (view, token) => await WriteAsync(view, token));
        if (complete)
        {
            await memcached.SetIfNewerAsync(
                Marker, new VersionedValue(page.UpTo, ReadOnlyMemory<byte>.Empty), MarkerLife, cancellationToken);
        }

        return complete;
    }

    public async Task<long?> ProgressAsync(CancellationToken cancellationToken)
    {
        var marker = await memcached.GetAsync(Marker, cancellationToken);
        return marker.Status == CacheStatus.Hit ? VersionedValue.Parse(marker.Value).Sequence : null;
    }

    private static View ViewOf<TView>(string key, StreamState<TView> stream)
        where TView : class => stream.State.Value is { } view
        ? new View(key, VersionedJson.Of(stream.State.Sequence, view), null)
        : new View(key, VersionedValue.NotWritable(stream.State.Sequence), stream.Failure?.Message);

    private async Task WriteAsync(View view, CancellationToken cancellationToken)
    {
        var reason = view.Failure ?? await TryWriteAsync(view.Key, view.Value, cancellationToken);
        if (reason is null)
        {
            isolated.Remove(ReadModelNames.Memcached, view.Key);
            return;
        }

        isolated.Add(ReadModelNames.Memcached, view.Key, reason);
        // A write that is refused has removed what was there; if the mark is refused too, nothing is left to be taken for the truth.
        await TryWriteAsync(view.Key, VersionedValue.NotWritable(view.Value.Sequence), cancellationToken);
    }

    /// <returns>Why Memcached does not take the value; null when it did, or holds a newer one.</returns>
    private async Task<string?> TryWriteAsync(string key, VersionedValue value, CancellationToken cancellationToken)
    {
        try
        {
            await memcached.SetIfNewerAsync(key, value, EntryTtl, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or MemcachedException { Failure: MemcachedFailure.Refused })
        {
            return exception.Message;
        }
    }

    private readonly record struct View(string Key, VersionedValue Value, string? Failure);
}
