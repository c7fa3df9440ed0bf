using Xunit;
using static TreasureHunt.Integration.Memcached.MemcachedFixture;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Concurrent and cancelled reads on one connection.</summary>
public sealed class ConcurrentReadTests(MemcachedFixture server) : IClassFixture<MemcachedFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_and_cancelled_reads_never_get_the_value_of_another_key()
    {
        var keys = Enumerable.Range(0, 50).Select(_ => server.FreshKey()).ToArray();
        foreach (var key in keys)
        {
            await server.Client.SetAsync(key, Bytes($"value of {key}"), Ttl, Cancellation);
        }

        var (right, cancelled) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                using var cancelling = new CancellationTokenSource();
                var key = keys[(caller + i) % keys.Length];
                var get = server.Client.GetAsync(key, cancelling.Token).AsTask();
                if ((caller + i) % 7 == 0)
                {
                    await cancelling.CancelAsync();
                }

                try
                {
                    Assert.Equal($"value of {key}", Text(await get));
                    Interlocked.Increment(ref right);
                }
                catch (OperationCanceledException)
                {
                    Interlocked.Increment(ref cancelled);
                }
            }
        })));

        Assert.Equal(64 * 300, right + cancelled);
        Assert.True(right > 64 * 200);
    }
}
