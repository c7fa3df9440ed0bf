using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Servers that refuse or do not complete a connection.</summary>
public sealed class FailedConnectionSpecs
{
    [Theory]
    [InlineData("ERROR Too many open connections\r\n")]
    [InlineData("ERROR\r\n")]
    public async Task A_server_that_refuses_the_connection_is_not_connected(string reply)
    {
        using var server = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse(server.Name), time);
        using var connection = await server.AcceptWithoutReplyAsync();
        await connection.ReadLineAsync();
        await connection.SendAsync(reply);

        Assert.True(await connection.IsClosedByClientAsync());
        Assert.False(await client.IsAliveAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_frozen_server_is_not_connected()
    {
        using var server = new FakeServer();
        var time = new ManualTime();
        await using var client = new MemcachedClient(MemcachedOptions.Parse(server.Name), time);
        using var connection = await server.AcceptWithoutReplyAsync();
        await connection.ReadLineAsync();

        Assert.False(await client.IsAliveAsync(TestContext.Current.CancellationToken));
        time.Advance(new MemcachedOptions().ConnectTimeout);
        Assert.True(await connection.IsClosedByClientAsync());
    }
}
