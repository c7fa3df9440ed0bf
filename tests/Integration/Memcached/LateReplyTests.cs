using TreasureHunt.Faults.Servers;
using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Replies after the timeout of their request.</summary>
public sealed class LateReplyTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_reply_is_not_assigned_to_another_request()
    {
        await using var relay = FaultyTcpProxy.To(ConnectionString);
        await using var client = await ConnectAsync(relay.Address, options => options.Timeout = TimeSpan.FromMilliseconds(300));
        var (late, next) = (server.FreshKey(), server.FreshKey());
        await client.SetAsync(late, Bytes("late"), Ttl, Cancellation);
        await client.SetAsync(next, Bytes("next"), Ttl, Cancellation);

        relay.Pause(Direction.ToClient);
        var gets = Enumerable.Range(0, 20).Select(_ => client.GetAsync(late, Cancellation).AsTask()).ToArray();
        foreach (var get in gets)
        {
            Assert.Equal(MemcachedFailure.TimedOut, (await Assert.ThrowsAsync<MemcachedException>(() => get)).Failure);
        }

        relay.Resume();
        Assert.Equal("next", await RetryAsync(async () => Text(await client.GetAsync(next, Cancellation))));
    }
}
