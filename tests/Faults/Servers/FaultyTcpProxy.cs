using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TreasureHunt.Faults.Servers;

/// <summary>A TCP proxy between clients and one server that delays, pauses or drops traffic, and closes connections.</summary>
public sealed class FaultyTcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint? _server;
    private readonly InjectedFaults _faults = new();
    private readonly ConcurrentDictionary<Socket, byte> _sockets = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;

    /// <param name="server">Null for an HTTP proxy: each connection names its destination with CONNECT.</param>
    public FaultyTcpProxy(EndPoint? server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptConnections();
    }

    /// <param name="servers">Servers as <c>host:port</c>, separated by commas. The proxy uses the first.</param>
    public static FaultyTcpProxy To(string servers)
    {
        var server = servers.Split(',')[0];
        var colon = server.LastIndexOf(':');
        return new FaultyTcpProxy(
            new DnsEndPoint(
                server[..colon], int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture), AddressFamily.InterNetwork));
    }

    /// <summary>The address for clients, as <c>host:port</c>.</summary>
    public string Address => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public long DroppedBytes => _faults.DroppedBytes;

    /// <summary>Connections that <see cref="CloseConnectionsAtAnswer"/> has closed.</summary>
    public int ClosedAtAnswer => _faults.ClosedAtAnswer;

    /// <summary>Connections that <see cref="PauseConnectionsAt"/> has paused.</summary>
    public int PausedConnections => _faults.Gate?.PausedConnections ?? 0;

    public void Delay(Direction direction, TimeSpan by) => _faults.Of(direction).Delay = by;

    /// <summary>Keeps the traffic of a direction back until <see cref="Resume"/>.</summary>
    public void Pause(Direction direction) => _faults.Of(direction).Pause();

    /// <summary>
    /// Pauses each connection whose client sends this text from now on. The server gets neither the text nor later bytes until
    /// <see cref="Resume"/>.
    /// </summary>
    public void PauseConnectionsAt(string request) => _faults.Gate = new RequestGate(Encoding.ASCII.GetBytes(request));

    public void Resume() => _faults.Resume();

    /// <summary>Discards the traffic of a direction from now on. Connections stay open.</summary>
    public void Drop(Direction direction) => _faults.Of(direction).IsDropping = true;

    /// <summary>Closes each connection on which the server sends this text from now on. The client does not get the text.</summary>
    public void CloseConnectionsAtAnswer(string answer) => _faults.CloseAt = Encoding.ASCII.GetBytes(answer);

    /// <summary>Closes all open connections. The proxy accepts new ones.</summary>
    public void CloseConnections()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>
    /// Ends delays, drops and closing. After a drop it closes all connections, because some of them have lost bytes.
    /// </summary>
    public void Clear()
    {
        if (_faults.Clear())
        {
            CloseConnections();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        CloseConnections();
        Resume();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptConnections()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                _ = Serve(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        (_sockets[client], _sockets[server]) = (0, 0);
        try
        {
            await server.ConnectAsync(_server ?? await HttpConnect.Accept(client));
            await Task.WhenAny(
                new ProxiedConnection(client, server, Direction.ToServer, _faults).Copy(),
                new ProxiedConnection(server, client, Direction.ToClient, _faults).Copy());
        }
        catch (SocketException)
        {
            // The server is down. The client sees its connection close.
        }
        finally
        {
            foreach (var socket in (Socket[])[client, server])
            {
                _sockets.TryRemove(socket, out _);
                socket.Dispose();
            }
        }
    }
}
