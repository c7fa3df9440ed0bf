using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>On a miss, one reader gets the lease to fill the key.</summary>
public sealed class LeaseSpecs
{
    [Theory]
    [InlineData("VA 0 c7 O{0} W\r\n\r\n", CacheStatus.Miss, true)]
    [InlineData("VA 0 c7 O{0} Z\r\n\r\n", CacheStatus.Miss, false)]
    [InlineData("EN O{0}\r\n", CacheStatus.Miss, false)]
    [InlineData("VA 1 c7 O{0}\r\nv\r\n", CacheStatus.Hit, false)]
    public async Task A_read_returns_status_and_lease(string reply, CacheStatus status, bool leased)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var get = scenario.GetAsync("k");

        await scenario.Connection.SendAsync(
            reply.Replace("{0}", await scenario.Connection.ExpectAsync("mg k v c N30"), StringComparison.Ordinal));

        var read = await get;
        Assert.Equal((status, leased), (read.Status, read.Lease is not null));
        Assert.Equal(status == CacheStatus.Hit ? "v" : "", MemcachedScenario.Text(read));
    }

    [Theory]
    [InlineData("HD", true)]
    [InlineData("EX", false)]
    [InlineData("NF", false)]
    public async Task A_fill_returns_whether_it_was_stored(string reply, bool stored)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var lease = await AcquireLeaseAsync(scenario);

        var fill = scenario.Client.FillAsync(
            "k", lease, MemcachedScenario.Bytes("v"), MemcachedScenario.Ttl, TestContext.Current.CancellationToken);
        await scenario.Connection.SendAsync($"{reply} O{await scenario.Connection.ExpectAsync("ms k 1 C7 T60", "v")}\r\n");

        Assert.Equal(stored, await fill);
    }

    [Fact]
    public async Task A_lease_ends_with_its_connection()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var lease = await AcquireLeaseAsync(scenario);
        await scenario.ReconnectAsync();

        var late = scenario.Client.FillAsync(
            "k", lease, MemcachedScenario.Bytes("v"), MemcachedScenario.Ttl, TestContext.Current.CancellationToken);
        Assert.False(await late.AsTask().WaitAsync(FakeConnection.Timeout, TestContext.Current.CancellationToken));

        var next = scenario.GetAsync("next"); // The fill was not sent.
        await scenario.Connection.SendValueAsync(await scenario.Connection.ExpectAsync("mg next v c N30"), "v");
        await next;
    }

    private static async Task<CacheLease> AcquireLeaseAsync(MemcachedScenario scenario)
    {
        var get = scenario.GetAsync("k");
        await scenario.Connection.SendAsync($"VA 0 c7 O{await scenario.Connection.ExpectAsync("mg k v c N30")} W\r\n\r\n");
        return (await get).Lease!.Value;
    }
}
