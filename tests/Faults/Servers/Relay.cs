using System.Collections.Concurrent;
using System.Globalization;
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
/// A bad network between clients and one server. It can delay, hold one direction back or swallow it while the other goes on, cut
/// every connection, and cut a connection in the moment in which a certain request has gone through and its answer has not.
/// </summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint? _server;
    private readonly ConcurrentDictionary<Socket, byte> _sockets = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly Lane[] _lanes = [new(), new()];
    private volatile byte[]? _fatal;
    private volatile Hold? _held;
    private int _cuts;

    /// <param name="server">Null for an HTTP proxy: each connection says with CONNECT where it wants to go.</param>
    public Relay(EndPoint? server)
    {
        _server = server;
        _listener.Start();
        _accepting = Accept();
    }

    /// <param name="servers">Host and port, with ':' between; of several with ',' between, the first.</param>
    public static Relay To(string servers)
    {
        var server = servers.Split(',')[0];
        var colon = server.LastIndexOf(':');
        return new Relay(
            new DnsEndPoint(
                server[..colon], int.Parse(server.AsSpan(colon + 1), CultureInfo.InvariantCulture), AddressFamily.InterNetwork));
    }

    /// <summary>What clients are told instead of the server's host and port.</summary>
    public string Name => $"127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that were swallowed so far.</summary>
    public long Swallowed => _lanes.Sum(lane => Interlocked.Read(ref lane.Swallowed));

    /// <summary>Connections that were cut behind a request, see <see cref="CutBehind"/>.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Every piece that goes this way arrives so much later.</summary>
    public void Delay(Direction direction, TimeSpan by) => _lanes[(int)direction].Delay = by;

    /// <summary>What goes this way waits until it is released.</summary>
    public void HoldBack(Direction direction) => _lanes[(int)direction].HoldBack();

    /// <summary>
    /// From now on, a connection is held at the first bytes to the server that have this text in them: these and all behind them wait until
    /// they are released.
    /// </summary>
    public void HoldBackAt(string request) => _held = new Hold(System.Text.Encoding.ASCII.GetBytes(request));

    /// <summary>Connections that are held, see <see cref="HoldBackAt"/>.</summary>
    public int Held => _held?.Count ?? 0;

    /// <summary>What was held back goes on.</summary>
    public void Release()
    {
        foreach (var lane in _lanes)
        {
            lane.Release();
        }

        _held?.Release();
        _held = null;
    }

    /// <summary>What goes this way from now on arrives nowhere; connections stay open.</summary>
    public void Swallow(Direction direction) => _lanes[(int)direction].Swallows = true;

    /// <summary>
    /// From now on, a connection is cut as soon as bytes with this text in them have gone to the server: the answer is lost.
    /// </summary>
    public void CutBehind(string request) => _fatal = System.Text.Encoding.ASCII.GetBytes(request);

    /// <summary>Cuts all connections; new ones are let through.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }
    }

    /// <summary>
    /// A good network again. What was swallowed is lost, so nothing more goes through connections that missed something: all are cut.
    /// </summary>
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
        Release();
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
            await server.ConnectAsync(_server ?? await Destination(client));
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

    // Asks for nothing but the connection, and has the answer before it sends anything else.
    private static async Task<EndPoint> Destination(Socket client)
    {
        var buffer = new byte[1024];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length < buffer.Length ? await client.ReceiveAsync(buffer.AsMemory(length)) : 0;
            length += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }

        var words = System.Text.Encoding.ASCII.GetString(buffer, 0, length).Split(' ');
        await client.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        return IPEndPoint.Parse(words[1]);
    }

    private async Task Pump(Socket from, Socket to, Direction direction)
    {
        var lane = _lanes[(int)direction];
        var buffer = new byte[16 * 1024];
        var missed = false;
        try
        {
            for (int length; (length = await from.ReceiveAsync(buffer)) > 0;)
            {
                await lane.Flowing;
                if (direction == Direction.ToServer && _held is { } hold)
                {
                    await hold.Pass(from, buffer.AsMemory(0, length));
                }

                if (lane.Swallows)
                {
                    Interlocked.Add(ref lane.Swallowed, length);
                    missed = true;
                    continue;
                }

                if (missed)
                {
                    // No network loses bytes out of the middle of a connection.
                    return;
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

    private sealed class Hold(byte[] text)
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentDictionary<Socket, byte> _connections = [];

        public int Count => _connections.Count;

        public void Release() => _released.TrySetResult();

        public async Task Pass(Socket connection, ReadOnlyMemory<byte> bytes)
        {
            if (bytes.Span.IndexOf(text) >= 0)
            {
                _connections.TryAdd(connection, 0);
                await _released.Task;
            }
        }
    }

    private sealed class Lane
    {
        public long Swallowed;

        private volatile TaskCompletionSource _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Lane() => _flow.SetResult();

        public Task Flowing => _flow.Task;

        public TimeSpan Delay { get; set; }

        public bool Swallows { get; set; }

        public void HoldBack() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _flow.TrySetResult();
    }
}
