using Microsoft.Extensions.Caching.Memory;
using TreasureHunt.Api.Caching;
using Xunit;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Specs.Api;

/// <summary>A local cache with one key.</summary>
public abstract class LocalViewCacheScenario : IDisposable
{
    private protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private protected CachingOptions Options { get; } = new();

    private protected MemoryCache Memory { get; }
    private protected PushedViews Pushed { get; }
    private protected FusionCache Cache { get; }
    private protected LocalViewCache LocalCache { get; }

    protected LocalViewCacheScenario(TimeSpan? localTtl = null)
    {
        Options.LocalTtl = localTtl ?? Options.LocalTtl;
        Memory = LocalViewCache.CreateMemoryCache(Options);
        Pushed = new PushedViews(Options, TimeProvider.System);
        Cache = new FusionCache(new FusionCacheOptions(), Memory);
        LocalCache = new LocalViewCache(Cache, Pushed, Options);
    }

    public void Dispose()
    {
        Cache.Dispose();
        Memory.Dispose();
        GC.SuppressFinalize(this);
    }

    // The value after two fetches, so that the first one has been stored.
    private protected async Task<long?> ServedAfterFetching(long? fetched)
    {
        ReadView<string>? view = null;
        for (var fetches = 0; fetches < 2; await Task.Delay(5, TestContext.Current.CancellationToken))
        {
            view = await Read(() =>
            {
                fetches++;
                return Task.FromResult(fetched is { } sequence ? At(sequence) : null);
            });
        }

        return view?.Sequence;
    }

    private protected async Task WaitForExpiry()
    {
        while ((await Cache.TryGetAsync<LocalViewCache.CacheEntry<ReadView<string>?>>("key")).HasValue)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private protected Task<ReadView<string>?> Read(Func<Task<ReadView<string>?>> fetch) =>
        LocalCache.GetAsync("key", fetch, TestContext.Current.CancellationToken).AsTask();

    private protected static ReadView<string>? At(long sequence) => new(sequence, "view", DateTimeOffset.UnixEpoch);
}
