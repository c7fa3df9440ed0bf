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
    private readonly FusionCacheEntryOptions _waitForRead;
    private readonly FusionCacheEntryOptions _preferStale;
    private long _requiredSince;

    public LocalViewCache(IFusionCache cache, CachingOptions options)
    {
        _cache = cache;
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

    /// <summary>Returns the value of a key, and reads it unless a fresh one is cached.</summary>
    /// <param name="read">Runs for all callers that wait for the value, so no caller can cancel it. It has its own timeout.</param>
    public async ValueTask<T> GetAsync<T>(string key, Func<Task<T>> read, CancellationToken cancellationToken)
    {
        var since = Volatile.Read(ref _requiredSince);
        var entry = await GetAsync(key, read, allowsStale: true, cancellationToken);
        // The loop runs again when another read that began too early has just stored its value.
        while (entry.ReadAt < since)
        {
            await _cache.ExpireAsync(key, token: cancellationToken);
            entry = await GetAsync(key, read, allowsStale: false, cancellationToken);
        }

        return entry.Value;
    }

    private ValueTask<CacheEntry<T>> GetAsync<T>(string key, Func<Task<T>> read, bool allowsStale, CancellationToken cancellationToken) =>
        _cache.GetOrSetAsync<CacheEntry<T>>(
            key,
            async (context, _) =>
            {
                // A cached "not found" is never the fail-safe value. It can still be in the cache as an expired value.
                context.Options.IsFailSafeEnabled = allowsStale && context is { HasStaleValue: true, StaleValue.Value.Value: not null };
                var readAt = Stopwatch.GetTimestamp();
                var value = KeepLater(context, await read());
                context.Options.IsFailSafeEnabled = value is not null;
                return new CacheEntry<T>(value, readAt);
            },
            allowsStale ? _preferStale : _waitForRead,
            token: cancellationToken);

    private static T KeepLater<T>(FusionCacheFactoryExecutionContext<CacheEntry<T>> context, T value) =>
        context is { HasStaleValue: true, StaleValue.Value.Value: ReadView known }
            && (value is not ReadView next || next.Sequence < known.Sequence)
            ? context.StaleValue.Value.Value
            : value;

    /// <summary>A cached value.</summary>
    /// <param name="ReadAt">When its read began, in ticks of <see cref="Stopwatch"/>. The value can lack all later changes.</param>
    public sealed record CacheEntry<T>(T Value, long ReadAt);
}
