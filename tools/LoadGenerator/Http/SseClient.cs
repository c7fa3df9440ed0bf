using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;

namespace TreasureHunt.LoadGenerator.Http;

/// <summary>
/// A client of a hunt's event stream that keeps only the remaining units of each treasure and the last event id. After a lost connection
/// it reconnects with that id.
/// </summary>
/// <param name="treasures">The number of treasures; their ids end in <c>-1</c>, <c>-2</c> and so on.</param>
public sealed class SseClient(HttpMessageInvoker http, Uri stream, int treasures, TimeProvider timeProvider)
{
    private const int BufferSize = 4096;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _remaining = [.. Enumerable.Repeat(-1, treasures)];
    private string? _lastId;

    /// <summary>Completes with the first whole state.</summary>
    public Task Ready => _ready.Task;

    /// <summary>How often a connection was lost or refused.</summary>
    public int Disconnects { get; private set; }

    /// <summary>Whether the client has these remaining units, by treasure.</summary>
    public bool HasState(ReadOnlySpan<int> remaining) => remaining.SequenceEqual(_remaining);

    /// <summary>Reads the stream until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(cancellationToken);
                await Task.Delay(ReconnectDelay, timeProvider, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The engine closed the connection or refused it.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Disconnects++;
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, stream);
        if (_lastId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastId);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return;
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferSize];
        var held = 0;
        while (await body.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
        {
            var parsed = Parse(buffer.AsSpan(0, held + read));
            held += read - parsed;
            buffer.AsSpan(parsed, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * held);
            }
        }
    }

    /// <summary>Parses whole lines. Returns the number of bytes that they have.</summary>
    private int Parse(ReadOnlySpan<byte> bytes)
    {
        var parsed = 0;
        while (bytes[parsed..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = bytes.Slice(parsed, length);
            parsed += length + 1;
            if (line.StartsWith("data: "u8))
            {
                ParseData(line[6..]);
            }
            else if (line.StartsWith("id: "u8))
            {
                ParseId(line[4..]);
            }
        }

        return parsed;
    }

    private void ParseId(ReadOnlySpan<byte> id)
    {
        _lastId = Encoding.ASCII.GetString(id);
        _ready.TrySetResult();
    }

    private void ParseData(ReadOnlySpan<byte> json)
    {
        var treasure = -1;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
            {
                continue;
            }

            if (reader.ValueTextEquals("treasureId"u8) && reader.Read())
            {
                treasure = NumberOf(reader.ValueSpan) - 1;
            }
            else if (reader.ValueTextEquals("remaining"u8) && reader.Read() && treasure >= 0 && treasure < _remaining.Length)
            {
                _remaining[treasure] = reader.GetInt32();
            }
        }
    }

    private static int NumberOf(ReadOnlySpan<byte> treasureId) =>
        Utf8Parser.TryParse(treasureId[(treasureId.LastIndexOf((byte)'-') + 1)..], out int number, out _) ? number : 0;
}
