using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Leases and values expire.</summary>
public sealed class ExpiryTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lease_without_a_fill_expires()
    {
        await using var client = await ConnectAsync(ConnectionString, options => options.LeaseTtl = TimeSpan.FromSeconds(1));
        var key = server.FreshKey();
        Assert.NotNull((await client.GetAsync(key, Cancellation)).Lease);
        Assert.Null((await client.GetAsync(key, Cancellation)).Lease);

        await EventuallyAsync(async () => (await client.GetAsync(key, Cancellation)).Lease is not null);
    }

    [Fact]
    public async Task A_value_expires_after_its_TTL()
    {
        var (shortLived, longLived) = (server.FreshKey(), server.FreshKey());
        await server.Client.SetAsync(shortLived, Bytes("v"), TimeSpan.FromSeconds(1), Cancellation);
        await server.Client.SetAsync(longLived, Bytes("v"), TimeSpan.FromDays(30), Cancellation);

        await EventuallyAsync(async () => (await server.Client.GetAsync(shortLived, Cancellation)).Status == CacheStatus.Miss);
        Assert.Equal(CacheStatus.Hit, (await server.Client.GetAsync(longLived, Cancellation)).Status);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(MemcachedFixture.Timeout);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
        }
    }
}
