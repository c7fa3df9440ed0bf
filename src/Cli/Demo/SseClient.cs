using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// One client of a hunt's stream, as small as can be: it keeps how many units are left of each treasure, and where it could go on.
/// When it loses the connection it comes back with the id that it heard last.
/// </summary>
/// <param name="treasures">How many there are; their ids end in <c>-1</c>, <c>-2</c> and so on.</param>
public sealed class SseClient(HttpMessageInvoker http, Uri stream, int treasures, TimeProvider timeProvider)
{
    private const int Buffer = 4096;
    private static readonly TimeSpan ComesBackAfter = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int[] _left = [.. Enumerable.Repeat(-1, treasures)];
    private string? _lastId;

    /// <summary>Ends when it has been told all that there is for the first time.</summary>
    public Task Told => _told.Task;

    /// <summary>How often it lost the connection, or got none.</summary>
    public int Lost { get; private set; }

    /// <summary>Whether it knows of each treasure how many units are left.</summary>
    public bool Knows(ReadOnlySpan<int> left) => left.SequenceEqual(_left);

    /// <summary>Listens until it is told to stop.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(cancellationToken);
                await Task.Delay(ComesBackAfter, timeProvider, cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The engine dropped it, or had no place for it.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Lost++;
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
        var buffer = new byte[Buffer];
        var held = 0;
        while (await body.ReadAsync(buffer.AsMemory(held), cancellationToken) is > 0 and var read)
        {
            var taken = Take(buffer.AsSpan(0, held + read));
            held += read - taken;
            buffer.AsSpan(taken, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, 2 * held);
            }
        }
    }

    /// <summary>Takes whole lines; says how many bytes that were.</summary>
    private int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (bytes[taken..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = bytes.Slice(taken, length);
            taken += length + 1;
            if (line.StartsWith("data: "u8))
            {
                TakeData(line[6..]);
            }
            else if (line.StartsWith("id: "u8))
            {
                TakeId(line[4..]);
            }
        }

        return taken;
    }

    private void TakeId(ReadOnlySpan<byte> id)
    {
        _lastId = Encoding.ASCII.GetString(id);
        _told.TrySetResult();
    }

    private void TakeData(ReadOnlySpan<byte> json)
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
            else if (reader.ValueTextEquals("remaining"u8) && reader.Read() && treasure >= 0 && treasure < _left.Length)
            {
                _left[treasure] = reader.GetInt32();
            }
        }
    }

    private static int NumberOf(ReadOnlySpan<byte> treasureId) =>
        Utf8Parser.TryParse(treasureId[(treasureId.LastIndexOf((byte)'-') + 1)..], out int number, out _) ? number : 0;
}
