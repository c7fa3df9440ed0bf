using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// What this process read last. It keeps a value for a quarter of a second, lets one caller a key fetch the next a little before
/// that is over, serves the last known one for a while when nothing behind it answers or answers slowly, and never goes back:
/// caches may be behind each other, and what was shown once stays until something newer is known.
/// </summary>
public sealed class LocalViewCache(IFusionCache cache)
{
    /// <summary>Values kept at the most, of a kilobyte or two each. A crowd that asks for ids that nobody has cannot take more.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>How long a hot value is taken for true without asking; a change shows at most this much later.</summary>
    private static readonly TimeSpan CacheTtl = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the last known value may stand in while no cache answers.</summary>
    private static readonly TimeSpan FailSafeDuration = TimeSpan.FromSeconds(60);

    /// <summary>How long a caller waits for a fetch when there is something to show instead. The fetch goes on.</summary>
    private static readonly TimeSpan SoftTimeout = TimeSpan.FromMilliseconds(50);

    private static readonly FusionCacheEntryOptions WaitForFetch = new FusionCacheEntryOptions(CacheTtl) { Size = 1 }
        .SetFailSafe(true, FailSafeDuration, CacheTtl)
        .SetEagerRefresh(0.8f);

    private static readonly FusionCacheEntryOptions PreferStale = WaitForFetch.Duplicate().SetFactoryTimeouts(SoftTimeout);

    private long _renewed;

    /// <summary>The memory behind it.</summary>
    public static MemoryCache Memory() => new(new MemoryCacheOptions { SizeLimit = MaxEntries });

    /// <summary>
    /// From now on nothing is shown that was fetched before: somebody may have seen more elsewhere than is remembered here.
    /// </summary>
    public void RequireFresherThanNow() => Volatile.Write(ref _renewed, Stopwatch.GetTimestamp());

    /// <summary>The value of a key, fetched unless a fresh one is known.</summary>
    /// <param name="fetch">Belongs to all who wait for the value, so no caller that leaves can cancel it. It has its own deadline.</param>
    public async ValueTask<T> GetAsync<T>(string key, Func<Task<T>> fetch, CancellationToken cancellationToken)
    {
        var since = Volatile.Read(ref _renewed);
        var copy = await GetAsync(key, fetch, standsIn: true, cancellationToken);
        // More than once when a fetch that began before ends meanwhile: what it brings is too old as well.
        while (copy.AskedAt < since)
        {
            await cache.ExpireAsync(key, token: cancellationToken);
            copy = await GetAsync(key, fetch, standsIn: false, cancellationToken);
        }

        return copy.Value;
    }

    // Where nothing may stand in for the fetch, there is nothing to show before it ends.
    private ValueTask<CacheEntry<T>> GetAsync<T>(string key, Func<Task<T>> fetch, bool standsIn, CancellationToken cancellationToken) =>
        cache.GetOrSetAsync<CacheEntry<T>>(
            key,
            async (context, _) =>
            {
                // That there is nothing is no answer to stand in when the fetch fails; it may still lie there when it is just too old.
                context.Options.IsFailSafeEnabled = standsIn && context is { HasStaleValue: true, StaleValue.Value.Value: not null };
                var askedAt = Stopwatch.GetTimestamp();
                var value = Later(context, await fetch());
                context.Options.IsFailSafeEnabled = value is not null;
                return new CacheEntry<T>(value, askedAt);
            },
            standsIn ? PreferStale : WaitForFetch,
            token: cancellationToken);

    private static T Later<T>(FusionCacheFactoryExecutionContext<CacheEntry<T>> context, T fetched) =>
        context is { HasStaleValue: true, StaleValue.Value.Value: ReadView known }
            && (fetched is not ReadView next || next.Sequence < known.Sequence)
            ? context.StaleValue.Value.Value
            : fetched;

    /// <summary>A value as it is remembered.</summary>
    /// <param name="AskedAt">When its fetch began, in ticks of <see cref="Stopwatch"/>: what happened since may be missing.</param>
    public sealed record CacheEntry<T>(T Value, long AskedAt);
}
