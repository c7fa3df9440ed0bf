using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Streaming;

/// <summary>The hunts that clients of this process watch, all fed by one subscription, which begins with the first of them.</summary>
public sealed class HuntBroadcasters(
    HuntReader snapshots, ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider, IHostApplicationLifetime lifetime,
    StreamOptions options)
{
    private static readonly UpDownCounter<int> Open = HuntTelemetry.Meter.CreateUpDownCounter<int>(
        "treasurehunt_streams", description: "Open event streams");

    private static readonly Counter<int> Dropped = HuntTelemetry.Meter.CreateCounter<int>(
        "treasurehunt_streams_dropped", description: "Event streams ended because their client was too slow");

    private readonly ConcurrentDictionary<string, Lazy<Task<HuntBroadcaster?>>> _hunts = new();
    private int _open;
    private int _subscribed;

    /// <summary>Takes one of the places for streams; false when there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) > options.Max)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        Open.Add(1);
        return true;
    }

    /// <param name="dropped">Whether the stream ended because its client was too slow.</param>
    public void Exit(bool dropped)
    {
        Interlocked.Decrement(ref _open);
        Open.Add(-1);
        Dropped.Add(dropped ? 1 : 0);
    }

    /// <summary>Whether a hunt is watched, or can be besides those that are.</summary>
    public bool HasRoomFor(string huntId) => _hunts.ContainsKey(huntId) || _hunts.Count < options.MaxHunts;

    /// <summary>The hunt, read for the first time by whoever asks first; null when there is none.</summary>
    /// <exception cref="ReadModelUnavailableException">No cache answers.</exception>
    public Task<HuntBroadcaster?> FindAsync(string huntId)
    {
        if (Interlocked.Exchange(ref _subscribed, 1) == 0)
        {
            Subscribe();
        }

        return _hunts.GetOrAdd(huntId, id => new Lazy<Task<HuntBroadcaster?>>(() => BeginAsync(id))).Value;
    }

    private async Task<HuntBroadcaster?> BeginAsync(string huntId)
    {
        var hunt = new HuntBroadcaster(token => snapshots.ReadAsync(huntId, token), timeProvider);
        var opened = false;
        try
        {
            opened = await hunt.OpenAsync(CancellationToken.None);
        }
        finally
        {
            if (!opened)
            {
                _hunts.TryRemove(huntId, out _);
            }
        }

        if (opened)
        {
            _ = RunAsync(huntId, hunt);
        }

        return opened ? hunt : null;
    }

    private async Task RunAsync(string huntId, HuntBroadcaster hunt)
    {
        using (hunt)
        {
            try
            {
                await hunt.RunAsync(lifetime.ApplicationStopping);
            }
            catch (OperationCanceledException)
            {
                // The host stops, and each stream with it.
            }
            finally
            {
                _hunts.TryRemove(huntId, out _);
            }
        }
    }

    private void Subscribe()
    {
        redis.Subscriber.Subscribe(
            RedisChannel.Literal(keys.TreasureChanges),
            (_, value) =>
                Take<TreasureView>(value, view => view.HuntId, (board, treasure) => board.Take(treasure, timeProvider.GetUtcNow())),
                CommandFlags.FireAndForget);
        redis.Subscriber.Subscribe(
            RedisChannel.Literal(keys.HuntChanges),
            (_, value) => Take<HuntView>(value, view => view.HuntId, (board, hunt) => board.Take(hunt, timeProvider.GetUtcNow())),
            CommandFlags.FireAndForget);
    }

    private void Take<TView>(RedisValue value, Func<TView, string> huntOf, Action<HuntStreamState, Versioned<TView>> take)
    {
        try
        {
            if (!_hunts.IsEmpty
                && HuntReader.Parsed<TView>(value, out var stamped)
                && _hunts.TryGetValue(huntOf(stamped.Value), out var known)
                && known is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result.Board: { } board } })
            {
                take(board, stamped);
                known.Value.Result!.Wake();
            }
        }
        catch (JsonException)
        {
            // Another build's form: the next reading tells.
        }
    }
}
