using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>A claim stream over one HTTP/1.1 connection: both bodies are chunked (RFC 9112, section 7.1).</summary>
public sealed class ClaimStreamConnection : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _received = new byte[BufferBytes];
    private readonly byte[] _lines = new byte[2 * BufferBytes];
    private int _receivedStart;
    private int _receivedEnd;
    private int _linesStart;
    private int _linesEnd;

    // The bytes of the current chunk that have not arrived, and those of the line break after it.
    private int _chunkLeft;

    private ClaimStreamConnection(Socket socket) => _socket = socket;

    /// <summary>Opens a stream.</summary>
    /// <param name="bearer">The token.</param>
    /// <exception cref="LoadException">The stream is refused.</exception>
    public static async Task<ClaimStreamConnection> OpenAsync(IPEndPoint site, string bearer)
    {
        var socket = new Socket(site.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(site);
        var stream = new ClaimStreamConnection(socket);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            "POST /v1/claims/stream HTTP/1.1\r\nHost: hunt\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n"
            + $"Authorization: Bearer {bearer}\r\n\r\n"));
        while (stream.FindHeaderEnd() is not true)
        {
            await stream.ReceiveAsync();
        }

        return stream;
    }

    /// <summary>Sends lines in one chunk.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> lines)
    {
        var header = Encoding.ASCII.GetBytes($"{lines.Length:x}\r\n");
        await _socket.SendAsync((ArraySegment<byte>[])[header, lines.ToArray(), "\r\n"u8.ToArray()]);
    }

    /// <summary>Reads the next line of the response, which is valid until the next call.</summary>
    /// <exception cref="LoadException">The stream has ended.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadLineAsync()
    {
        while (true)
        {
            var length = _lines.AsSpan(_linesStart.._linesEnd).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _lines.AsMemory(_linesStart, length);
                _linesStart += length + 1;
                return line;
            }

            if (!Decode())
            {
                await ReceiveAsync();
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private bool FindHeaderEnd()
    {
        var received = _received.AsSpan(_receivedStart.._receivedEnd);
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        if (!received.StartsWith("HTTP/1.1 200 "u8))
        {
            throw new LoadException($"The stream is refused: {Encoding.ASCII.GetString(received)}");
        }

        _receivedStart += end + 4;
        return true;
    }

    private async ValueTask ReceiveAsync()
    {
        _received.AsSpan(_receivedStart.._receivedEnd).CopyTo(_received);
        (_receivedStart, _receivedEnd) = (0, _receivedEnd - _receivedStart);
        var read = await _socket.ReceiveAsync(_received.AsMemory(_receivedEnd));
        _receivedEnd += read > 0 ? read : throw new LoadException("The stream is cut.");
    }

    // Moves the content of a chunk, or of its part that has arrived, to the lines. False when more bytes must be received.
    private bool Decode()
    {
        if (_chunkLeft == 0)
        {
            var received = _received.AsSpan(_receivedStart.._receivedEnd);
            var end = received.IndexOf("\r\n"u8);
            if (end < 0)
            {
                return false;
            }

            _chunkLeft = Utf8Parser.TryParse(received[..end], out int size, out _, 'x') && size > 0
                ? size + 2 : throw new LoadException("The stream has ended.");
            _receivedStart += end + 2;
        }

        _lines.AsSpan(_linesStart.._linesEnd).CopyTo(_lines);
        (_linesStart, _linesEnd) = (0, _linesEnd - _linesStart);
        var taken = Math.Min(Math.Min(_chunkLeft, _receivedEnd - _receivedStart), _lines.Length - _linesEnd);
        // The last two bytes are the line break after the chunk.
        var content = Math.Min(taken, Math.Max(0, _chunkLeft - 2));
        _received.AsSpan(_receivedStart, content).CopyTo(_lines.AsSpan(_linesEnd));
        _linesEnd += content;
        _receivedStart += taken;
        _chunkLeft -= taken;
        return taken > 0;
    }
}
