using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Reads of a caller that comes from another host.</summary>
public sealed class LocalViewCacheMonotonicReadSpecs : LocalViewCacheScenario
{
    [Fact]
    public async Task A_reader_from_another_host_gets_no_value_fetched_before_its_arrival()
    {
        await Read(() => Task.FromResult(At(7)));
        Assert.Equal(7, (await Read(() => Task.FromResult(At(8))))?.Sequence);

        LocalCache.RequireFresherThanNow();
        Assert.Equal(8, (await Read(() => Task.FromResult(At(8))))?.Sequence);

        LocalCache.RequireFresherThanNow();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
        Assert.Equal(8, (await Read(() => Task.FromResult(At(5))))?.Sequence);
    }

    [Fact]
    public async Task A_reader_from_another_host_does_not_share_a_fetch_that_began_before_its_arrival()
    {
        var firstFetch = new TaskCompletionSource<ReadView<string>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetches = 0;
        var firstRead = Read(() => firstFetch.Task);

        LocalCache.RequireFresherThanNow();
        var laterReads = Enumerable.Range(0, 10).Select(_ => Read(() =>
        {
            fetches++;
            return Task.FromResult(At(8));
        })).ToList();
        firstFetch.SetResult(At(7));

        Assert.Equal(7, (await firstRead.WaitAsync(Timeout, TestContext.Current.CancellationToken))?.Sequence);
        Assert.All(
            await Task.WhenAll(laterReads).WaitAsync(Timeout, TestContext.Current.CancellationToken),
            view => Assert.Equal(8, view?.Sequence));
        Assert.InRange(fetches, 1, 10);
    }
}
