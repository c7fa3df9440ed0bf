using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Values of all sizes.</summary>
public sealed class ValueSizeTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_is_alive() => Assert.True(await server.Client.IsAliveAsync(Cancellation));

    [Fact]
    public async Task Values_of_every_size_are_read_unchanged()
    {
        var sizes = new[] { 1, 2, 4095, 4096, 16383, 16384, 65537, 500_000, 1_000_000 };
        var values = sizes.Select(size => (Key: server.FreshKey(), Value: ValueOf(size))).ToArray();

        await Task.WhenAll(values.Select(v => server.Client.SetAsync(v.Key, v.Value, Ttl, Cancellation).AsTask()));
        var reads = await Task.WhenAll(values.Select(v => server.Client.GetAsync(v.Key, Cancellation).AsTask()));

        Assert.All(reads.Zip(values), pair => Assert.True(pair.First.Value.Span.SequenceEqual(pair.Second.Value)));
    }

    [Fact]
    public async Task The_longest_key_can_hold_the_largest_value()
    {
        var key = server.FreshKey().PadRight(250, '~');
        await server.Client.SetAsync(key, ValueOf(1_000_000), Ttl, Cancellation);
        Assert.Equal(1_000_000, (await server.Client.GetAsync(key, Cancellation)).Value.Length);
    }

    [Fact]
    public async Task A_refused_value_leaves_later_replies_in_order()
    {
        await using var client = await ConnectAsync(ConnectionString, options => options.MaxValueBytes = 2 << 20);
        var (large, small) = (server.FreshKey(), server.FreshKey());

        var sets = Enumerable.Range(0, 5).Select(_ => client.SetAsync(large, ValueOf(2 << 20), Ttl, Cancellation).AsTask()).ToArray();
        await client.SetAsync(small, Bytes("small"), Ttl, Cancellation);

        foreach (var set in sets)
        {
            Assert.Equal(MemcachedFailure.Refused, (await Assert.ThrowsAsync<MemcachedException>(() => set)).Failure);
        }

        Assert.Equal("small", Text(await client.GetAsync(small, Cancellation)));
    }

    private static byte[] ValueOf(int size)
    {
        var value = new byte[size];
        new Random(size).NextBytes(value);
        return value;
    }
}
