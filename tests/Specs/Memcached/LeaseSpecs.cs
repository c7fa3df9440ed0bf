using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Of all that miss, one fills.</summary>
public sealed class LeaseSpecs
{
    [Theory]
    [InlineData("VA 0 c7 O{0} W\r\n\r\n", CacheStatus.Miss, false, true)]
    [InlineData("VA 0 c7 O{0} Z\r\n\r\n", CacheStatus.Miss, false, false)]
    [InlineData("VA 0 c7 O{0} X W\r\n\r\n", CacheStatus.Miss, false, true)]
    [InlineData("EN O{0}\r\n", CacheStatus.Miss, false, false)]
    [InlineData("VA 1 c7 O{0}\r\nv\r\n", CacheStatus.Hit, false, false)]
    [InlineData("VA 1 c7 O{0} X W\r\nv\r\n", CacheStatus.Hit, true, true)]
    [InlineData("VA 1 c7 O{0} Z X\r\nv\r\n", CacheStatus.Hit, true, false)]
    public async Task A_read_says_what_is_there_and_who_fills(string reply, CacheStatus status, bool stale, bool leased)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var get = scene.GetAsync("k");

        await scene.Wire.SayAsync(reply.Replace("{0}", await scene.Wire.ExpectAsync("mg k v c N30"), StringComparison.Ordinal));

        var read = await get;
        Assert.Equal((status, stale, leased), (read.Status, read.Stale, read.Lease is not null));
        Assert.Equal(status == CacheStatus.Hit ? "v" : "", MemcachedScenario.Text(read));
    }

    [Theory]
    [InlineData("HD", true)]
    [InlineData("EX", false)]
    [InlineData("NF", false)]
    public async Task A_fill_says_whether_it_was_stored(string reply, bool stored)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var lease = await WinAsync(scene);

        var fill = scene.Client.FillAsync(
            "k", lease, MemcachedScenario.Bytes("v"), MemcachedScenario.Ttl, TestContext.Current.CancellationToken);
        await scene.Wire.SayAsync($"{reply} O{await scene.Wire.ExpectAsync("ms k 1 C7 T60", "v")}\r\n");

        Assert.Equal(stored, await fill);
    }

    [Fact]
    public async Task A_lease_does_not_outlive_its_connection_for_a_restarted_server_counts_from_one_again()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var lease = await WinAsync(scene);
        await scene.ReconnectAsync();

        var late = scene.Client.FillAsync(
            "k", lease, MemcachedScenario.Bytes("v"), MemcachedScenario.Ttl, TestContext.Current.CancellationToken);
        Assert.False(await late.AsTask().WaitAsync(Wire.Patience, TestContext.Current.CancellationToken));

        var next = scene.GetAsync("next"); // And nothing of the fill was sent.
        await scene.Wire.SayValueAsync(await scene.Wire.ExpectAsync("mg next v c N30"), "v");
        await next;
    }

    [Theory]
    [InlineData("HD", true)]
    [InlineData("NF", false)]
    public async Task Marking_stale_and_deleting_say_whether_something_was_there(string reply, bool there)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var stale = scene.Client.MarkStaleAsync("k", TestContext.Current.CancellationToken);
        var deleted = scene.Client.DeleteAsync("k", TestContext.Current.CancellationToken);

        await scene.Wire.SayAsync($"{reply} O{await scene.Wire.ExpectAsync("md k I T30")}\r\n");
        await scene.Wire.SayAsync($"{reply} O{await scene.Wire.ExpectAsync("md k")}\r\n");

        Assert.Equal((there, there), (await stale, await deleted));
    }

    private static async Task<CacheLease> WinAsync(MemcachedScenario scene)
    {
        var get = scene.GetAsync("k");
        await scene.Wire.SayAsync($"VA 0 c7 O{await scene.Wire.ExpectAsync("mg k v c N30")} W\r\n\r\n");
        return (await get).Lease!.Value;
    }
}
