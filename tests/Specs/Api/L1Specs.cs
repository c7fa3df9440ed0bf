using Microsoft.Extensions.Caching.Memory;
using TreasureHunt.Api.Caching;
using Xunit;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Specs.Api;

/// <summary>What a process remembers of what it read.</summary>
public sealed class L1Specs : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _memory = LocalViewCache.Memory();
    private readonly FusionCache _cache;
    private readonly LocalViewCache _l1;

    public L1Specs()
    {
        _cache = new FusionCache(new FusionCacheOptions(), _memory);
        _l1 = new LocalViewCache(_cache);
    }

    public void Dispose()
    {
        _cache.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public async Task What_was_shown_stays_when_a_cache_is_behind_or_has_lost_it_until_something_newer_is_known()
    {
        Assert.Equal(7, await ShownOnce(7));
        Assert.Equal(7, await ShownOnce(5));
        Assert.Equal(7, await ShownOnce(null));
        Assert.Equal(8, await ShownOnce(8));
    }

    [Fact]
    public async Task A_crowd_fetches_once()
    {
        var (fetches, gate) = (0, new TaskCompletionSource());
        var crowd = Enumerable.Range(0, 100).Select(_ => Read(async () =>
        {
            fetches++;
            await gate.Task;
            return At(7);
        })).ToList();
        gate.SetResult();

        Assert.All(
            await Task.WhenAll(crowd).WaitAsync(Patience, TestContext.Current.CancellationToken), seen => Assert.Equal(7, seen?.Sequence));
        Assert.Equal(1, fetches);
    }

    [Fact]
    public async Task The_last_known_value_stands_in_while_a_fetch_fails_or_hangs()
    {
        await Read(() => Task.FromResult(At(7)));
        await UntilOld();
        Assert.Equal(7, (await Read(() => throw new TimeoutException()))?.Sequence);

        var hanging = new TaskCompletionSource<ReadView<string>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await UntilOld();
        Assert.Equal(7, (await Read(() => hanging.Task).WaitAsync(Patience, TestContext.Current.CancellationToken))?.Sequence);
        hanging.SetResult(At(8));
    }

    [Fact]
    public async Task Nothing_does_not_stand_in_for_an_answer()
    {
        Assert.Null(await Read(() => Task.FromResult<ReadView<string>?>(null)));
        await UntilOld();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
    }

    [Fact]
    public async Task Nothing_that_is_still_in_memory_when_it_is_too_old_does_not_stand_in_either()
    {
        await _cache.SetAsync<LocalViewCache.CacheEntry<ReadView<string>?>>(
            "key", new(null, 0), new FusionCacheEntryOptions(TimeSpan.FromMilliseconds(1)) { Size = 1, IsFailSafeEnabled = true },
            token: TestContext.Current.CancellationToken);
        await UntilOld();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
    }

    [Fact]
    public async Task Whoever_may_have_seen_more_elsewhere_is_shown_nothing_that_was_fetched_before()
    {
        await Read(() => Task.FromResult(At(7)));
        Assert.Equal(7, (await Read(() => Task.FromResult(At(8))))?.Sequence);

        _l1.RequireFresherThanNow();
        Assert.Equal(8, (await Read(() => Task.FromResult(At(8))))?.Sequence);

        _l1.RequireFresherThanNow();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException()));
        Assert.Equal(8, (await Read(() => Task.FromResult(At(5))))?.Sequence);
    }

    [Fact]
    public async Task A_fetch_that_began_before_is_too_old_as_well()
    {
        var before = new TaskCompletionSource<ReadView<string>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var fetches = 0;
        var early = Read(() => before.Task);

        _l1.RequireFresherThanNow();
        var moved = Enumerable.Range(0, 10).Select(_ => Read(() =>
        {
            fetches++;
            return Task.FromResult(At(8));
        })).ToList();
        before.SetResult(At(7));

        Assert.Equal(7, (await early.WaitAsync(Patience, TestContext.Current.CancellationToken))?.Sequence);
        Assert.All(
            await Task.WhenAll(moved).WaitAsync(Patience, TestContext.Current.CancellationToken), seen => Assert.Equal(8, seen?.Sequence));
        Assert.InRange(fetches, 1, 10);
    }

    [Fact]
    public async Task A_crawl_through_ids_that_nobody_has_takes_no_more_than_its_share()
    {
        for (var n = 0; n < LocalViewCache.MaxEntries + 1000; n++)
        {
            await _l1.GetAsync($"id-{n}", () => Task.FromResult<ReadView<string>?>(null), TestContext.Current.CancellationToken);
        }

        Assert.InRange(_memory.Count, 1, LocalViewCache.MaxEntries);
    }

    // What is shown after two fetches: by the second, the first has been taken in.
    private async Task<long?> ShownOnce(long? fetched)
    {
        ReadView<string>? shown = null;
        for (var fetches = 0; fetches < 2; await Task.Delay(5, TestContext.Current.CancellationToken))
        {
            shown = await Read(() =>
            {
                fetches++;
                return Task.FromResult(fetched is { } sequence ? At(sequence) : null);
            });
        }

        return shown?.Sequence;
    }

    private async Task UntilOld()
    {
        while ((await _cache.TryGetAsync<LocalViewCache.CacheEntry<ReadView<string>?>>("key")).HasValue)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private Task<ReadView<string>?> Read(Func<Task<ReadView<string>?>> fetch) =>
        _l1.GetAsync("key", fetch, TestContext.Current.CancellationToken).AsTask();

    private static ReadView<string>? At(long sequence) => new(sequence, "view", DateTimeOffset.UnixEpoch);
}
