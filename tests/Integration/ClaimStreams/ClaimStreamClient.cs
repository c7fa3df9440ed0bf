using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimStreams;

/// <summary>A claim stream over HTTP/1.1: its request is sent in chunks, and answers are read meanwhile.</summary>
internal sealed class ClaimStreamClient : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _reader;
    private readonly StringBuilder _received = new();

    private ClaimStreamClient(TcpClient client) =>
        (_client, _reader) = (client, new StreamReader(client.GetStream(), Encoding.Latin1));

    /// <summary>Begins a stream and reads the header of the response, which comes before the first line is sent.</summary>
    /// <param name="site">An Api or the edge proxy.</param>
    public static async Task<ClaimStreamClient> Open(Uri site, string token)
    {
        var client = new TcpClient { NoDelay = true, ReceiveBufferSize = 16 * 1024 };
        await client.ConnectAsync(site.Host, site.Port);
        var stream = new ClaimStreamClient(client);
        await stream.Write(
            $"POST /v1/claims/stream HTTP/1.1\r\nHost: {site.Authority}\r\nAuthorization: Bearer {token}\r\n"
            + $"Content-Type: {ClaimListActions.Ndjson}\r\nTransfer-Encoding: chunked\r\n\r\n");
        var head = new List<string>();
        while (await stream._reader.ReadLineAsync().WaitAsync(Poll.Timeout) is { Length: > 0 } line)
        {
            head.Add(line.ToLowerInvariant());
        }

        Assert.Equal("http/1.1 200 ok", head[0]);
        Assert.Contains($"content-type: {ClaimListActions.Ndjson}", head);
        return stream;
    }

    /// <summary>Sends claims, each as a line, in one chunk.</summary>
    public Task Send(params object?[] claims) => SendText(string.Concat(claims.Select(claim => JsonSerializer.Serialize(claim) + "\n")));

    /// <summary>Sends a part of the body in one chunk.</summary>
    public Task SendText(string text) => Write(
        $"{Encoding.Latin1.GetByteCount(text).ToString("x", CultureInfo.InvariantCulture)}\r\n{text}\r\n");

    /// <summary>Ends the request.</summary>
    public Task End() => Write("0\r\n\r\n");

    /// <summary>Breaks the connection.</summary>
    public void Cut()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    /// <summary>Reads the next answer; null when the response has ended regularly.</summary>
    public async Task<LineAnswer?> Read()
    {
        while (true)
        {
            var text = _received.ToString();
            if (text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
            {
                _received.Remove(0, end + 1);
                return new LineAnswer(JsonDocument.Parse(text[..end]).RootElement);
            }

            if (!await ReadChunk().WaitAsync(Poll.Timeout))
            {
                Assert.Equal("", text);
                return null;
            }
        }
    }

    /// <summary>Reads the next answers and returns their lines and results, such as <c>1: 200 won</c>.</summary>
    public async Task<string[]> Read(int count)
    {
        var answers = new string[count];
        for (var n = 0; n < count; n++)
        {
            answers[n] = await Read() is { } answer ? $"{answer.Line}: {answer.Result}" : "ended";
        }

        return answers;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _client.Dispose();
    }

    private async Task<bool> ReadChunk()
    {
        var size = int.Parse(await _reader.ReadLineAsync() ?? throw new IOException("The response is cut."), NumberStyles.HexNumber, null);
        var chunk = new char[size];
        if (await _reader.ReadBlockAsync(chunk) < size || await _reader.ReadLineAsync() != "")
        {
            throw new IOException("The response is cut.");
        }

        _received.Append(chunk);
        return size > 0;
    }

    private async Task Write(string text) => await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
}
