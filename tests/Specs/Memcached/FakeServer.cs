using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A server on loopback that says what the spec tells it to. Every wait ends after ten seconds, with the spec failed.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeServer() => _listener.Start();

    public string Name => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Accepts a connection and answers the client's first question.</summary>
    public async Task<Wire> AcceptAsync()
    {
        var wire = await AcceptSilentlyAsync();
        Assert.Equal("mn", await wire.ReadLineAsync());
        await wire.SayAsync("MN\r\n");
        return wire;
    }

    public async Task<Wire> AcceptSilentlyAsync() =>
        new(await _listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Wire.Patience));

    public void Dispose() => _listener.Dispose();
}

/// <summary>The server's end of one connection.</summary>
internal sealed class Wire(Socket socket) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^2] != '\r' || line[^1] != '\n')
        {
            line.Append((char)(await ReadBytesAsync(1))[0]);
        }

        return line.ToString(0, line.Length - 2);
    }

    public async Task<byte[]> ReadBytesAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var received =
                await socket.ReceiveAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
            read += received > 0 ? received : throw new EndOfStreamException();
        }

        return bytes;
    }

    /// <summary>Reads one request line, checks it up to its number, and gives the number.</summary>
    public async Task<string> ExpectAsync(string request)
    {
        var line = await ReadLineAsync();
        var number = line[(line.LastIndexOf(" O", StringComparison.Ordinal) + 2)..];
        Assert.Equal($"{request} O{number}", line);
        return number;
    }

    /// <summary>Reads one request with a value.</summary>
    public async Task<string> ExpectAsync(string request, string value)
    {
        var number = await ExpectAsync(request);
        Assert.Equal(value + "\r\n", Encoding.ASCII.GetString(await ReadBytesAsync(value.Length + 2)));
        return number;
    }

    public async Task SayAsync(string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    public Task SayValueAsync(string number, string value, string flags = "c1") =>
        SayAsync(string.Create(CultureInfo.InvariantCulture, $"VA {value.Length} {flags} O{number}\r\n{value}\r\n"));

    public async Task<bool> IsClosedByClientAsync()
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience) == 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public void Dispose() => socket.Dispose();
}
