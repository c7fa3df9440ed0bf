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
/// Hunts and treasures, which are read most, in Memcached: the same projections as in Redis, on a shard of their own. The key of a
/// view that Memcached does not store is isolated: it is marked as not writable, and readers use Redis.
/// </summary>
public sealed class MemcachedReadModel(
    int generation, MemcachedClient memcached, ReadModelKeys keys, EventReader eventReader, IsolatedKeys isolated) : IReadModel
{
    /// <summary>A value without changes expires after this time. The next reader fills it again from Redis.</summary>
    private static readonly TimeSpan EntryTtl = TimeSpan.FromHours(1);

    /// <summary>The maximum of Memcached.</summary>
    private static readonly TimeSpan CheckpointTtl = TimeSpan.FromDays(30);

    /// <summary>This many of the largest views fit into the send buffer of one connection.</summary>
    private const int MaxConcurrentWrites = 16;

    private readonly GenerationKeys _keys = keys.OfGeneration(ReadModelNames.Memcached, generation);
    private readonly StreamStates<HuntView> _hunts = new(eventReader, HuntViewProjection.Evolve);
    private readonly StreamStates<TreasureView> _treasures = new(eventReader, TreasureViewProjection.Evolve);

    public int Generation => generation;

    private string CheckpointKey => _keys.Checkpoint(0);

    public static bool Includes(Type type) => type != typeof(ClaimRefused);

    public async Task<IProjectedBatch> ProjectBatchAsync(EventBatch batch, bool live, CancellationToken cancellationToken)
    {
        var hunts = await _hunts.ApplyEventsAsync(batch.Events.Where(recorded => recorded.Data is IHuntEvent), cancellationToken);
        var treasures =
            await _treasures.ApplyEventsAsync(batch.Events.Where(recorded => recorded.Data is ITreasureEvent), cancellationToken);
        return new ViewBatch(
            this, batch,
            [
                .. hunts.Select(hunt => CreateView(_keys.Hunt(StreamNames.HuntOf(hunt.Stream)).Name, hunt)),
                .. treasures.Select(treasure => CreateView(_keys.Treasure(StreamNames.TreasureOf(treasure.Stream)).Name, treasure)),
            ]);
    }

    public async Task<long?> ReadCheckpointAsync(CancellationToken cancellationToken)
    {
        var checkpoint = await memcached.GetAsync(CheckpointKey, cancellationToken);
        return checkpoint.Status == CacheStatus.Hit ? VersionedValue.Parse(checkpoint.Value).Sequence : null;
    }

    private static View CreateView<TView>(string key, StreamState<TView> stream)
        where TView : class => stream.State.Value is { } view
        ? new View(key, VersionedJson.Of(stream.State.Sequence, view), null)
        : new View(key, VersionedValue.NotWritable(stream.State.Sequence), stream.Failure?.Message);

    private async Task<bool> WriteBatchAsync(EventBatch batch, IReadOnlyList<View> views, CancellationToken cancellationToken)
    {
        var isComplete = batch.After == 0 || await ReadCheckpointAsync(cancellationToken) >= batch.After;
        // Each view is a whole state, so it is correct even when the cache has lost other keys.
        await Parallel.ForEachAsync(
            views, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentWrites, CancellationToken = cancellationToken },
            async (view, token) => await WriteViewAsync(view, token));
        if (isComplete)
        {
            await memcached.SetIfNewerAsync(
                CheckpointKey, new VersionedValue(batch.UpTo, ReadOnlyMemory<byte>.Empty), CheckpointTtl, cancellationToken);
        }

        return isComplete;
    }

    private async Task WriteViewAsync(View view, CancellationToken cancellationToken)
    {
        var reason = view.Failure ?? await TryWriteAsync(view.Key, view.Value, cancellationToken);
        if (reason is null)
        {
            isolated.Remove(ReadModelNames.Memcached, view.Key);
            return;
        }

        isolated.Add(ReadModelNames.Memcached, view.Key, reason);
        // A refused write has deleted the old value. When this write is refused as well, the key stays empty and readers use Redis.
        await TryWriteAsync(view.Key, VersionedValue.NotWritable(view.Value.Sequence), cancellationToken);
    }

    /// <returns>Why Memcached does not store the value; null when it did, or holds a newer one.</returns>
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

    private sealed class ViewBatch(MemcachedReadModel readModel, EventBatch batch, IReadOnlyList<View> views) : IProjectedBatch
    {
        public Task<bool> WriteAsync(CancellationToken cancellationToken) =>
            readModel.WriteBatchAsync(batch, views, cancellationToken);
    }

    private readonly record struct View(string Key, VersionedValue Value, string? Failure);
}
