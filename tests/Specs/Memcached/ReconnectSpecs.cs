using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Memcached.Connections;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>While there is no connection, callers are told at once; meanwhile a new one is made.</summary>
public sealed class ReconnectSpecs
{
    [Fact]
    public async Task A_server_that_closes_in_the_middle_of_a_reply_fails_all_that_wait_and_is_found_again()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var (first, second) = (scene.GetAsync("one"), scene.GetAsync("two"));
        var number = await scene.Wire.ExpectAsync("mg one v c N30");
        await scene.Wire.ExpectAsync("mg two v c N30");

        await scene.Wire.SayAsync($"VA 10 c1 O{number}\r\nhal");
        scene.Wire.Dispose();

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(first));
        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(second));
        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(scene.GetAsync("three")));
        Assert.False(await scene.Client.IsAliveAsync(TestContext.Current.CancellationToken));

        await scene.ReconnectAsync();
        var get = scene.GetAsync("k");
        await scene.Wire.SayValueAsync(await scene.Wire.ExpectAsync("mg k v c N30"), "K");
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }

    [Theory]
    [InlineData("VA 5 c1 O999\r\nother\r\n")] // Another caller's value.
    [InlineData("VA 5 c1\r\nother\r\n")]
    [InlineData("MN\r\n")]
    [InlineData("CLIENT_ERROR bad data chunk\r\n")]
    [InlineData("\0\0\0\0\r\n")]
    public async Task A_reply_in_doubt_reaches_nobody_and_ends_the_connection(string reply)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var get = scene.GetAsync("k");
        await scene.Wire.ExpectAsync("mg k v c N30");

        await scene.Wire.SayAsync(reply);

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(get));
        Assert.True(await scene.Wire.IsClosedByClientAsync());
        await scene.ReconnectAsync();
    }

    [Fact]
    public async Task A_reply_that_nobody_asked_for_ends_the_connection()
    {
        await using var scene = await MemcachedScenario.OpenAsync();

        await scene.Wire.SayAsync("HD\r\n");

        Assert.True(await scene.Wire.IsClosedByClientAsync());
    }

    [Theory]
    [InlineData("ERROR Too many open connections\r\n")]
    [InlineData("ERROR\r\n")]
    public async Task A_server_without_a_place_for_us_is_not_connected(string answer)
    {
        using var server = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse(server.Name), time);
        using var wire = await server.AcceptSilentlyAsync();
        await wire.ReadLineAsync();
        await wire.SayAsync(answer);

        Assert.True(await wire.IsClosedByClientAsync());
        Assert.False(await client.IsAliveAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_frozen_server_is_not_connected()
    {
        using var server = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse(server.Name), time);
        using var wire = await server.AcceptSilentlyAsync();
        await wire.ReadLineAsync();

        Assert.False(await client.IsAliveAsync(TestContext.Current.CancellationToken));
        time.Advance(new MemcachedOptions().ConnectTimeout);
        Assert.True(await wire.IsClosedByClientAsync());
    }

    [Fact]
    public async Task Each_failed_attempt_doubles_the_pause_up_to_the_longest()
    {
        using var server = new FakeServer();
        var (time, log) = (new ManualTime(), new Pauses());
        var options = MemcachedOptions.Parse(server.Name);
        options.ConnectTimeout = TimeSpan.FromMinutes(1);
        await using var client = new MemcachedClient(options, time, log);
        for (var attempt = 0; attempt < 9; attempt++)
        {
            using var wire = await time.AdvanceUntilAsync(server.AcceptSilentlyAsync());
            await wire.ReadLineAsync();
        }

        Assert.Equal([50, 100, 200, 400, 800, 1600, 2000, 2000], log.Milliseconds.Take(8));
    }

    [Fact]
    public async Task Disposing_fails_those_who_wait()
    {
        var scene = await MemcachedScenario.OpenAsync();
        var get = scene.GetAsync("k");

        await scene.DisposeAsync();

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(get));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scene.GetAsync("k"));
    }

    [Fact]
    public async Task Keys_of_a_lost_server_are_not_moved_to_another()
    {
        using var up = new FakeServer();
        using var down = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse($"{up.Name},{down.Name}"), time);
        using var wire = await up.AcceptAsync();
        var rendezvous = new Rendezvous([up.Name, down.Name]);
        var key = Enumerable.Range(0, 1000).Select(n => $"k{n}").First(key => rendezvous.ServerOf(key) == 1);

        Assert.Equal(
            MemcachedFailure.Disconnected,
            await MemcachedScenario.FailureOf(client.GetAsync(key, TestContext.Current.CancellationToken).AsTask()));
    }

    private sealed class Pauses : ILogger<MemcachedClient>
    {
        public ConcurrentQueue<double> Milliseconds { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            foreach (var (_, value) in ((IEnumerable<KeyValuePair<string, object?>>)state!).Where(pair => pair.Key == "DelayMs"))
            {
                Milliseconds.Enqueue((double)value!);
            }
        }
    }
}
