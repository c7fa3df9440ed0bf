using TreasureHunt.Faults.Servers;
using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Connections that end under load.</summary>
public sealed class ConnectionLossTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_cut_under_load_cause_errors_and_never_a_wrong_value()
    {
        await using var relay = FaultyTcpProxy.To(ConnectionString);
        await using var client = await ConnectAsync(relay.Address, options => options.ReconnectDelay = TimeSpan.FromMilliseconds(1));
        var keys = Enumerable.Range(0, 20).Select(_ => server.FreshKey()).ToArray();
        foreach (var key in keys)
        {
            await client.SetAsync(key, Bytes($"value of {key}"), Ttl, Cancellation);
        }

        using var enough = new CancellationTokenSource();
        var (right, failed) = (0, 0);
        var callers = Enumerable.Range(0, 32).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; !enough.IsCancellationRequested; i++)
            {
                try
                {
                    var key = keys[i % keys.Length];
                    Assert.Equal($"value of {key}", Text(await client.GetAsync(key, Cancellation)));
                    Interlocked.Increment(ref right);
                }
                catch (MemcachedException e) when (e.Failure == MemcachedFailure.Disconnected)
                {
                    Interlocked.Increment(ref failed);
                    await WaitUntilAliveAsync(client);
                }
            }
        })).ToArray();
        for (var cut = 0; cut < 10; cut++)
        {
            var before = Volatile.Read(ref right);
            await Poll.Until("a hundred more reads succeed", () => Volatile.Read(ref right) > before + 100, MemcachedFixture.Timeout);
            relay.CloseConnections();
        }

        await enough.CancelAsync();
        await Task.WhenAll(callers);
        Assert.True(failed > 0);
        Assert.True(right > 1000);
    }
}
