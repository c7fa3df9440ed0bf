using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The cache of read views in the memory of an Api.</summary>
public sealed class LocalViewCacheSpecs : LocalViewCacheScenario
{
    [Fact]
    public async Task A_served_value_stays_until_the_cache_returns_a_newer_one()
    {
        Assert.Equal(7, await ServedAfterFetching(7));
        Assert.Equal(7, await ServedAfterFetching(5));
        Assert.Equal(7, await ServedAfterFetching(null));
        Assert.Equal(8, await ServedAfterFetching(8));
    }

    [Fact]
    public async Task Concurrent_reads_share_one_fetch()
    {
        var (fetches, fetched) = (0, new TaskCompletionSource());
        var reads = Enumerable.Range(0, 100).Select(_ => Read(async () =>
        {
            fetches++;
            await fetched.Task;
            return At(7);
        })).ToList();
        fetched.SetResult();

        Assert.All(
            await Task.WhenAll(reads).WaitAsync(Timeout, TestContext.Current.CancellationToken), view => Assert.Equal(7, view?.Sequence));
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task Reads_of_unknown_ids_do_not_exceed_the_limit_of_entries()
    {
        for (var n = 0; n < Options.MaxLocalEntries + 1000; n++)
        {
            await LocalCache.GetAsync($"id-{n}", () => Task.FromResult<ReadView<string>?>(null), TestContext.Current.CancellationToken);
        }

        Assert.InRange(Memory.Count, 1, Options.MaxLocalEntries);
    }
}
