using Microsoft.Extensions.Caching.Memory;
using TreasureHunt.Api.Caching;
using Xunit;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Specs.Api;

/// <summary>The values that are served while a fetch fails.</summary>
public sealed class LocalViewCacheFailSafeSpecs : LocalViewCacheScenario
{
    [Fact]
    public async Task The_last_known_value_is_served_while_a_fetch_fails_or_hangs()
    {
        await Read(() => Task.FromResult(At(7)));
        await WaitForExpiry();
        Assert.Equal(7, (await Read(() => throw new TimeoutException()))?.Sequence);

        var hanging = new TaskCompletionSource<ReadView<string>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await WaitForExpiry();
        Assert.Equal(7, (await Read(() => hanging.Task).WaitAsync(Timeout, TestContext.Current.CancellationToken))?.Sequence);
        hanging.SetResult(At(8));
    }

    [Fact]
    public async Task A_cached_not_found_is_not_a_fail_safe_value()
    {
        Assert.Null(await Read(() => Task.FromResult<ReadView<string>?>(null)));
        await WaitForExpiry();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
    }

    [Fact]
    public async Task An_expired_not_found_in_memory_is_not_a_fail_safe_value()
    {
        await Cache.SetAsync<LocalViewCache.CacheEntry<ReadView<string>?>>(
            "key", new(null, 0), new FusionCacheEntryOptions(TimeSpan.FromMilliseconds(1)) { Size = 1, IsFailSafeEnabled = true },
            token: TestContext.Current.CancellationToken);
        await WaitForExpiry();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
    }
}
