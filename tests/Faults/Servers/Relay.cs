using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TreasureHunt.Faults.Servers;

/// <summary>Which way bytes go through a <see cref="Relay"/>.</summary>
public enum Direction
{
    ToServer,
    ToClient,
}

/// <summary>
/// A bad network between clients and one server. It can delay, swallow one direction while the other goes on, cut every
/// connection, and cut a connection in the moment in which a certain request has gone through and its answer has not.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly ConcurrentDictionary<Socket, byte> _sockets = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly Lane[] _lanes = [new(), new()];
    private volatile byte[]? _fatal;
    private int _cuts;

    public Relay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that were swallowed so far.</summary>
    public long Swallowed => _lanes.Sum(lane => Interlocked.Read(ref lane.Swallowed));

    /// <summary>Connections that were cut behind a request, see <see cref="CutBehind"/>.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Every piece that goes this way arrives so much later.</summary>
    public void Delay(Direction direction, TimeSpan by) => _lanes[(int)direction].Delay = by;

    /// <summary>What goes this way from now on arrives nowhere; connections stay open.</summary>
    public void Swallow(Direction direction) => _lanes[(int)direction].Swallows = true;

    /// <summary>From now on, a connection is cut as soon as bytes with this text in them have gone to the server: the answer is lost.</summary>
    public void CutBehind(string request) => _fatal = System.Text.Encoding.ASCII.GetBytes(request);

    /// <summary>Cuts all connections; new ones are let through.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>A good network again. What was swallowed is lost, so connections that missed something are cut.</summary>
    public void Heal()
    {
        _fatal = null;
        var missed = _lanes.Any(lane => lane.Swallows);
        foreach (var lane in _lanes)
        {
            (lane.Delay, lane.Swallows) = (TimeSpan.Zero, false);
        }

        if (missed)
        {
            Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                _ = Join(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Join(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        (_sockets[client], _sockets[server]) = (0, 0);
        try
        {
            await server.ConnectAsync(_server);
            await Task.WhenAny(Pump(client, server, Direction.ToServer), Pump(server, client, Direction.ToClient));
        }
        catch (SocketException)
        {
            // The server is away: so is the connection.
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

    private async Task Pump(Socket from, Socket to, Direction direction)
    {
        var lane = _lanes[(int)direction];
        var buffer = new byte[16 * 1024];
        try
        {
            for (int length; (length = await from.ReceiveAsync(buffer)) > 0;)
            {
                if (lane.Swallows)
                {
                    Interlocked.Add(ref lane.Swallowed, length);
                    continue;
                }

                if (lane.Delay > TimeSpan.Zero)
                {
                    await Task.Delay(lane.Delay);
                }

                for (var sent = 0; sent < length;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, length - sent));
                }

                if (direction == Direction.ToServer && _fatal is { } fatal && buffer.AsSpan(0, length).IndexOf(fatal) >= 0)
                {
                    // The server has it in its hands: its answer meets a closed door.
                    Interlocked.Increment(ref _cuts);
                    from.Close(0);
                    await Task.Delay(TimeSpan.FromMilliseconds(100));
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private sealed class Lane
    {
        public long Swallowed;

        public TimeSpan Delay { get; set; }

        public bool Swallows { get; set; }
    }
}
