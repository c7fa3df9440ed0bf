using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// The values that this process read last. One caller per key reads the next value shortly before the current one expires. The last known
/// value is served while a read fails or is slow. Reads are monotonic: Memcached and Redis can be behind each other, so a value is
/// replaced only by a later one.
/// </summary>
public sealed class LocalViewCache
{
    /// <summary>How long a caller waits for a read when there is an older value. The read continues in the background.</summary>
    private static readonly TimeSpan SoftTimeout = TimeSpan.FromMilliseconds(50);

    private const float EagerRefreshThreshold = 0.8f;

    private readonly IFusionCache _cache;
    private readonly PushedViews _pushed;
    private readonly TimeSpan _failSafeTtl;
    private readonly FusionCacheEntryOptions _waitForRead;
    private readonly FusionCacheEntryOptions _preferStale;
    private long _requiredSince;

    public LocalViewCache(IFusionCache cache, PushedViews pushed, CachingOptions options)
    {
        (_cache, _pushed, _failSafeTtl) = (cache, pushed, options.FailSafeTtl);
        _waitForRead = new FusionCacheEntryOptions(options.LocalTtl) { Size = 1 }
            .SetFailSafe(true, options.FailSafeTtl, options.LocalTtl)
            .SetEagerRefresh(EagerRefreshThreshold);
        _preferStale = _waitForRead.Duplicate().SetFactoryTimeouts(SoftTimeout);
    }

    /// <summary>The memory of the cache, limited to <see cref="CachingOptions.MaxLocalEntries"/>.</summary>
    public static MemoryCache CreateMemoryCache(CachingOptions options) =>
        new(new MemoryCacheOptions { SizeLimit = options.MaxLocalEntries });

    /// <summary>
    /// Serves no value that was read before now: a reader may have seen a later one from another process.
    /// </summary>
    public void RequireFresherThanNow() => Volatile.Write(ref _requiredSince, Stopwatch.GetTimestamp());

    /// <summary>Returns a view whose changes are pushed, if it is current; else null.</summary>
    public ReadView<TView>? FindPushed<TView>(string name) => _pushed.Find<TView>(name, Volatile.Read(ref _requiredSince));

    /// <summary>Returns a view as <see cref="GetAsync{T}(string, Func{Task{T}}, CancellationToken)"/> does.</summary>
    /// <param name="readRedis">Reads the view from Redis, so that its changes can be pushed from then on.</param>
    /// <param name="read">Reads it from any cache, while changes are not pushed or Redis does not answer.</param>
    public ValueTask<ReadView<TView>?> GetViewAsync<TView>(
        string name, Func<Task<ReadView<TView>?>> readRedis, Func<Task<ReadView<TView>?>> read, CancellationToken cancellationToken)
    {
        PushedView? followed = null;
        _pushed.End<TView>(name, (view, currentAt) => StoreStale(name, view, currentAt));
        return GetAsync(name, ReadAsync, Follow, cancellationToken);

        async Task<ReadView<TView>?> ReadAsync()
        {
            followed = _pushed.Begin(name);
            try
            {
                return await (followed is null ? read() : readRedis());
            }
            catch (Exception exception) when (
                followed is not null && (CacheTiers.IsOutage(exception) || exception is ReadModelUnavailableException))
            {
                followed = null;
                return await read();
            }
        }

        void Follow(ReadView<TView>? view)
        {
            if (view is not null)
            {
                followed?.SetRead(view);
            }
            else if (followed is not null)
            {
                _pushed.Remove(name, followed);
            }
        }
    }

    /// <summary>Returns the value of a key, and reads it unless a fresh one is cached.</summary>
    /// <param name="read">Runs for all callers that wait for the value, so no caller can cancel it. It has its own timeout.</param>
    public ValueTask<T> GetAsync<T>(string key, Func<Task<T>> read, CancellationToken cancellationToken) =>
        GetAsync(key, read, _ => { }, cancellationToken);

    /// <param name="follow">Called with each value that replaces the cached one.</param>
    private async ValueTask<T> GetAsync<T>(string key, Func<Task<T>> read, Action<T> follow, CancellationToken cancellationToken)
    {
        var since = Volatile.Read(ref _requiredSince);
        var entry = await GetAsync(key, read, follow, allowsStale: true, cancellationToken);
        // The loop runs again when another read that began too early has just stored its value.
        while (entry.ReadAt < since)
        {
            await _cache.ExpireAsync(key, token: cancellationToken);
            entry = await GetAsync(key, read, follow, allowsStale: false, cancellationToken);
        }

        return entry.Value;
    }

    private ValueTask<CacheEntry<T>> GetAsync<T>(
        string key, Func<Task<T>> read, Action<T> follow, bool allowsStale, CancellationToken cancellationToken) =>
        _cache.GetOrSetAsync<CacheEntry<T>>(
            key,
            async (context, _) =>
            {
                // A cached "not found" is never the fail-safe value. It can still be in the cache as an expired value.
                context.Options.IsFailSafeEnabled = allowsStale && context is { HasStaleValue: true, StaleValue.Value.Value: not null };
                var readAt = Stopwatch.GetTimestamp();
                var value = KeepLater(context, await read());
                context.Options.IsFailSafeEnabled = value is not null;
                follow(value);
                return new CacheEntry<T>(value, readAt);
            },
            allowsStale ? _preferStale : _waitForRead,
            token: cancellationToken);

    /// <summary>Stores a view that is no longer pushed: it is served only while a read fails or is slow.</summary>
    private void StoreStale<TView>(string name, ReadView<TView> view, long currentAt)
    {
        var remaining = _failSafeTtl - Stopwatch.GetElapsedTime(currentAt);
        if (remaining > TimeSpan.Zero)
        {
            _cache.Set(
                name, new CacheEntry<ReadView<TView>?>(view, currentAt),
                _waitForRead.Duplicate(TimeSpan.FromTicks(1)).SetFailSafe(true, remaining));
        }
    }

    private static T KeepLater<T>(FusionCacheFactoryExecutionContext<CacheEntry<T>> context, T value) =>
        context is { HasStaleValue: true, StaleValue.Value.Value: ReadView known }
            && (value is not ReadView next || next.Sequence < known.Sequence)
            ? context.StaleValue.Value.Value
            : value;

    /// <summary>A cached value.</summary>
    /// <param name="ReadAt">When its read began, in ticks of <see cref="Stopwatch"/>. The value can lack all later changes.</param>
    public sealed record CacheEntry<T>(T Value, long ReadAt);
}
