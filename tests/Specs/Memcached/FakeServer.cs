using System.Net;
using System.Net.Sockets;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A scripted server on loopback. Every wait fails after ten seconds.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeServer() => _listener.Start();

    public string Name => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Accepts a connection and replies to the first ping of the client.</summary>
    public async Task<FakeConnection> AcceptAsync()
    {
        var connection = await AcceptWithoutReplyAsync();
        Assert.Equal("mn", await connection.ReadLineAsync());
        await connection.SendAsync("MN\r\n");
        return connection;
    }

    public async Task<FakeConnection> AcceptWithoutReplyAsync() =>
        new(await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FakeConnection.Timeout));

    public void Dispose() => _listener.Dispose();
}
