using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The server side of one connection.</summary>
internal sealed class FakeConnection(Socket socket) : IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

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
                await socket.ReceiveAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken).AsTask().WaitAsync(Timeout);
            read += received > 0 ? received : throw new EndOfStreamException();
        }

        return bytes;
    }

    /// <summary>Reads one request line, checks its text, and returns its request number.</summary>
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

    public async Task SendAsync(string text) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    public Task SendValueAsync(string number, string value, string flags = "c1") =>
        SendAsync(string.Create(CultureInfo.InvariantCulture, $"VA {value.Length} {flags} O{number}\r\n{value}\r\n"));

    public async Task<bool> IsClosedByClientAsync()
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(Timeout) == 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return true;
        }
    }

    public void Dispose() => socket.Dispose();
}
