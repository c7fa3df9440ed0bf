using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TreasureHunt.Integration.Memcached;

/// <summary>A bad network between a client and a server: it can cut every connection, or hold the server's replies back.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flowing = new();

    /// <param name="connectionString">Of its servers, the first.</param>
    public Relay(string connectionString)
    {
        var server = connectionString.Split(',')[0];
        _host = server[..server.LastIndexOf(':')];
        _port = int.Parse(server.AsSpan(server.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
        _listener.Start();
        _flowing.SetResult();
        _accepting = AcceptAllAsync();
    }

    public string Name => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        while (_sockets.TryTake(out var socket))
            socket.Dispose();
    }

    public void HoldBack() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _flowing.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        Cut();
        Release();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                client.NoDelay = true;
                await server.ConnectAsync(_host, _port, _stopping.Token);
                _sockets.Add(client);
                _sockets.Add(server);
                _ = PumpAsync(client, server, () => Task.CompletedTask);
                _ = PumpAsync(server, client, () => _flowing.Task);
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private static async Task PumpAsync(Socket from, Socket to, Func<Task> mayFlow)
    {
        var buffer = new byte[4096];
        try
        {
            for (int length; (length = await from.ReceiveAsync(buffer)) > 0;)
            {
                await mayFlow();
                for (var sent = 0; sent < length;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }

        from.Dispose();
        to.Dispose();
    }
}
