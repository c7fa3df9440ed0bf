using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>
/// One HTTP/1.1 connection with one request at a time (RFC 9112). A general client costs about as much per request as the
/// server that it calls, and on a shared machine that cost would be measured too.
/// </summary>
/// <param name="maxReplyBytes">The largest response.</param>
public sealed class HttpConnection(IPEndPoint site, int maxReplyBytes = 16 * 1024) : IDisposable
{
    /// <summary>
    /// HAProxy closes a connection that is idle for a minute. A request on a closed one fails, so one that is idle for longer is replaced.
    /// </summary>
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(30);

    // Not cleared: thousands of connections open in the same second.
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(maxReplyBytes);
    private Socket? _socket;
    private long _used;

    /// <summary>Sends a request that is complete, and reads its response.</summary>
    /// <returns>The status and the body, which is valid until the next request; status 0 when the connection broke.</returns>
    public async ValueTask<HttpReply> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (Stopwatch.GetElapsedTime(_used) > MaxIdleTime)
        {
            Close();
        }

        _used = Stopwatch.GetTimestamp();
        try
        {
            _socket ??= await OpenAsync(cancellationToken);
            await _socket.SendAsync(request, cancellationToken);
            return await ReceiveAsync(_socket, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or InvalidDataException)
        {
            Close();
            return default;
        }
    }

    public void Dispose() => Close();

    private async ValueTask<Socket> OpenAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(site.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(site, cancellationToken);
        return socket;
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<HttpReply> ReceiveAsync(Socket socket, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                throw new InvalidDataException("The connection ended within a response.");
            }

            length += read;
            if (TryParse(_buffer.AsMemory(0, length), out var reply, out var closes))
            {
                if (closes)
                {
                    Close();
                }

                return reply;
            }
        }
    }

    private static bool TryParse(ReadOnlyMemory<byte> received, out HttpReply reply, out bool closes)
    {
        (reply, closes) = (default, false);
        var end = received.Span.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = received.Span[..(end + 2)];
        if (head.Length < 12 || !Utf8Parser.TryParse(head[9..12], out int status, out _))
        {
            throw new InvalidDataException("The response is not HTTP.");
        }

        var body = received[(end + 4)..];
        closes = Field(head, "connection: "u8).SequenceEqual("close"u8);
        if (Field(head, "transfer-encoding: "u8).SequenceEqual("chunked"u8))
        {
            // The body is only searched, so the chunk headers do not matter.
            reply = new HttpReply(status, body);
            return body.Span.EndsWith("0\r\n\r\n"u8);
        }

        reply = new HttpReply(status, body);
        return !Utf8Parser.TryParse(Field(head, "content-length: "u8), out int length, out _) || body.Length >= length;
    }

    // Field names are case-insensitive (RFC 9110, section 5.1).
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (head.IndexOf("\r\n"u8) is >= 0 and var end)
        {
            var line = head[..end];
            if (line.Length >= name.Length && Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                return line[name.Length..];
            }

            head = head[(end + 2)..];
        }

        return default;
    }
}
