using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.RealServer;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Of all that miss, one fills; and a late fill never puts an old value back.</summary>
public sealed class LeaseTests(RealServer server) : IClassFixture<RealServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_that_miss_at_once_one_wins_and_fills_for_all()
    {
        var key = server.FreshKey();

        var reads = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.Client.GetAsync(key, Cancellation).AsTask()));

        Assert.All(reads, read => Assert.Equal(CacheStatus.Miss, read.Status));
        var lease = Assert.Single(reads, read => read.Lease is not null).Lease!.Value;
        Assert.True(await server.Client.FillAsync(key, lease, Bytes("value"), Ttl, Cancellation));
        var after = await server.Client.GetAsync(key, Cancellation);
        Assert.Equal((CacheStatus.Hit, "value", false, null), (after.Status, Text(after), after.Stale, after.Lease));
    }

    [Fact]
    public async Task A_fill_after_somebody_wrote_is_not_stored()
    {
        var key = server.FreshKey();
        var lease = await WinAsync(key);
        await server.Client.SetAsync(key, Bytes("new"), Ttl, Cancellation);

        Assert.False(await server.Client.FillAsync(key, lease, Bytes("old"), Ttl, Cancellation));
        Assert.Equal("new", Text(await server.Client.GetAsync(key, Cancellation)));
    }

    [Fact]
    public async Task A_fill_after_a_delete_is_not_stored()
    {
        var key = server.FreshKey();
        var lease = await WinAsync(key);
        Assert.True(await server.Client.DeleteAsync(key, Cancellation));

        Assert.False(await server.Client.FillAsync(key, lease, Bytes("old"), Ttl, Cancellation));
        Assert.Equal(CacheStatus.Miss, (await server.Client.GetAsync(key, Cancellation)).Status);
    }

    [Fact]
    public async Task A_fill_after_the_key_was_marked_stale_is_not_stored_and_the_next_reader_wins()
    {
        var key = server.FreshKey();
        var late = await WinAsync(key);
        Assert.True(await server.Client.MarkStaleAsync(key, Cancellation));
        var next = await server.Client.GetAsync(key, Cancellation);

        Assert.Equal(CacheStatus.Miss, next.Status);
        Assert.False(await server.Client.FillAsync(key, late, Bytes("old"), Ttl, Cancellation));
        Assert.True(await server.Client.FillAsync(key, next.Lease!.Value, Bytes("new"), Ttl, Cancellation));
    }

    [Fact]
    public async Task A_stale_value_is_served_while_one_reader_fetches_a_new_one()
    {
        var key = server.FreshKey();
        await server.Client.SetAsync(key, Bytes("old"), Ttl, Cancellation);
        Assert.True(await server.Client.MarkStaleAsync(key, Cancellation));

        var reads = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => server.Client.GetAsync(key, Cancellation).AsTask()));

        Assert.All(reads, read => Assert.Equal((CacheStatus.Hit, "old", true), (read.Status, Text(read), read.Stale)));
        var lease = Assert.Single(reads, read => read.Lease is not null).Lease!.Value;
        Assert.True(await server.Client.FillAsync(key, lease, Bytes("new"), Ttl, Cancellation));
        var after = await server.Client.GetAsync(key, Cancellation);
        Assert.Equal(("new", false), (Text(after), after.Stale));
    }

    [Fact]
    public async Task Nothing_can_be_marked_or_deleted_where_nothing_is()
    {
        var key = server.FreshKey();

        Assert.False(await server.Client.MarkStaleAsync(key, Cancellation));
        Assert.False(await server.Client.DeleteAsync(key, Cancellation));
    }

    [Fact]
    public async Task A_winner_that_never_fills_keeps_the_lease_only_for_its_time()
    {
        await using var client = await ConnectAsync(ConnectionString, options => options.LeaseTime = TimeSpan.FromSeconds(1));
        var key = server.FreshKey();
        Assert.NotNull((await client.GetAsync(key, Cancellation)).Lease);
        Assert.Null((await client.GetAsync(key, Cancellation)).Lease);

        await EventuallyAsync(async () => (await client.GetAsync(key, Cancellation)).Lease is not null);
    }

    [Fact]
    public async Task A_value_lives_as_long_as_it_was_told()
    {
        var (mortal, longLived) = (server.FreshKey(), server.FreshKey());
        await server.Client.SetAsync(mortal, Bytes("v"), TimeSpan.FromSeconds(1), Cancellation);
        await server.Client.SetAsync(longLived, Bytes("v"), TimeSpan.FromDays(30), Cancellation);

        await EventuallyAsync(async () => (await server.Client.GetAsync(mortal, Cancellation)).Status == CacheStatus.Miss);
        Assert.Equal(CacheStatus.Hit, (await server.Client.GetAsync(longLived, Cancellation)).Status);
    }

    private async Task<CacheLease> WinAsync(string key) => (await server.Client.GetAsync(key, Cancellation)).Lease!.Value;

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(RealServer.Timeout);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
        }
    }
}
