using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Of all concurrent misses one gets the lease to fill, and a late fill never stores an old value.</summary>
public sealed class LeaseTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_concurrent_misses_gets_the_lease_and_fills_for_all()
    {
        var key = server.FreshKey();

        var reads = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.Client.GetAsync(key, Cancellation).AsTask()));

        Assert.All(reads, read => Assert.Equal(CacheStatus.Miss, read.Status));
        var lease = Assert.Single(reads, read => read.Lease is not null).Lease!.Value;
        Assert.True(await server.Client.FillAsync(key, lease, Bytes("value"), Ttl, Cancellation));
        var after = await server.Client.GetAsync(key, Cancellation);
        Assert.Equal((CacheStatus.Hit, "value", null), (after.Status, Text(after), after.Lease));
    }

    [Fact]
    public async Task A_fill_after_a_write_is_not_stored()
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
        Assert.True(await MemcachedCommands.DeleteAsync(ConnectionString, key, Cancellation));

        Assert.False(await server.Client.FillAsync(key, lease, Bytes("old"), Ttl, Cancellation));
        Assert.Equal(CacheStatus.Miss, (await server.Client.GetAsync(key, Cancellation)).Status);
    }

    private async Task<CacheLease> WinAsync(string key) => (await server.Client.GetAsync(key, Cancellation)).Lease!.Value;
}
