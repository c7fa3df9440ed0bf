using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Memcached.Connections;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Without a connection, requests fail immediately while the client reconnects.</summary>
public sealed class ReconnectSpecs
{
    [Fact]
    public async Task A_connection_closed_within_a_reply_fails_all_pending_requests_and_is_reopened()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var (first, second) = (scenario.GetAsync("one"), scenario.GetAsync("two"));
        var number = await scenario.Connection.ExpectAsync("mg one v c N30");
        await scenario.Connection.ExpectAsync("mg two v c N30");

        await scenario.Connection.SendAsync($"VA 10 c1 O{number}\r\nhal");
        scenario.Connection.Dispose();

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(first));
        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(second));
        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(scenario.GetAsync("three")));
        Assert.False(await scenario.Client.IsAliveAsync(TestContext.Current.CancellationToken));

        await scenario.ReconnectAsync();
        var get = scenario.GetAsync("k");
        await scenario.Connection.SendValueAsync(await scenario.Connection.ExpectAsync("mg k v c N30"), "K");
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }

    [Fact]
    public async Task Disposing_fails_pending_requests()
    {
        var scenario = await MemcachedScenario.OpenAsync();
        var get = scenario.GetAsync("k");

        await scenario.DisposeAsync();

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(get));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => scenario.GetAsync("k"));
    }

    [Fact]
    public async Task Keys_of_an_unavailable_server_are_not_moved_to_another()
    {
        using var up = new FakeServer();
        using var down = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse($"{up.Name},{down.Name}"), time);
        using var connection = await up.AcceptAsync();
        var rendezvous = new RendezvousHash([up.Name, down.Name]);
        var key = Enumerable.Range(0, 1000).Select(n => $"k{n}").First(key => rendezvous.IndexOf(key) == 1);

        Assert.Equal(
            MemcachedFailure.Disconnected,
            await MemcachedScenario.FailureOf(client.GetAsync(key, TestContext.Current.CancellationToken).AsTask()));
    }
}
