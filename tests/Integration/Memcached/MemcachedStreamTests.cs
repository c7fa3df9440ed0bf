using TreasureHunt.Faults.Servers;
using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Integration.Memcached.RealServer;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Everybody gets their own reply, whatever happens to the others and to the network.</summary>
public sealed class MemcachedStreamTests(RealServer server) : IClassFixture<RealServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_is_alive() => Assert.True(await server.Client.IsAliveAsync(Cancellation));

    [Fact]
    public async Task Values_of_every_size_come_back_as_they_went()
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
    public async Task A_value_that_the_server_refuses_leaves_the_stream_in_order()
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

    [Fact]
    public async Task Thousands_at_once_some_of_whom_give_up_never_see_a_stranger()
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
                using var giveUp = new CancellationTokenSource();
                var key = keys[(caller + i) % keys.Length];
                var get = server.Client.GetAsync(key, giveUp.Token).AsTask();
                if ((caller + i) % 7 == 0)
                {
                    await giveUp.CancelAsync();
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

    [Fact]
    public async Task Replies_that_come_too_late_are_nobody_elses()
    {
        await using var relay = Relay.To(ConnectionString);
        await using var client = await ConnectAsync(relay.Name, options => options.Timeout = TimeSpan.FromMilliseconds(300));
        var (late, next) = (server.FreshKey(), server.FreshKey());
        await client.SetAsync(late, Bytes("late"), Ttl, Cancellation);
        await client.SetAsync(next, Bytes("next"), Ttl, Cancellation);

        relay.HoldBack(Direction.ToClient);
        var gets = Enumerable.Range(0, 20).Select(_ => client.GetAsync(late, Cancellation).AsTask()).ToArray();
        foreach (var get in gets)
        {
            Assert.Equal(MemcachedFailure.TimedOut, (await Assert.ThrowsAsync<MemcachedException>(() => get)).Failure);
        }

        relay.Release();
        Assert.Equal("next", await RetryAsync(async () => Text(await client.GetAsync(next, Cancellation))));
    }

    [Fact]
    public async Task Connections_cut_under_load_cost_errors_but_never_a_wrong_value()
    {
        await using var relay = Relay.To(ConnectionString);
        await using var client = await ConnectAsync(relay.Name, options => options.ReconnectDelay = TimeSpan.FromMilliseconds(1));
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
                    await client.WaitUntilConnectedAsync(Cancellation);
                }
            }
        })).ToArray();
        for (var cut = 0; cut < 10; cut++)
        {
            var before = Volatile.Read(ref right);
            await RetryAsync(
                () => Task.FromResult(
                    Volatile.Read(ref right) > before + 100 ? true : throw new MemcachedException(MemcachedFailure.TimedOut, "Not yet.")));
            relay.Cut();
        }

        await enough.CancelAsync();
        await Task.WhenAll(callers);
        Assert.True(failed > 0);
        Assert.True(right > 1000);
    }

    private static byte[] ValueOf(int size)
    {
        var value = new byte[size];
        new Random(size).NextBytes(value);
        return value;
    }

    private static async Task<T> RetryAsync<T>(Func<Task<T>> attempt)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(RealServer.Timeout);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (MemcachedException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
            }
        }
    }
}
