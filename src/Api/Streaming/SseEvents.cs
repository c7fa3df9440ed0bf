using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// Writes server-sent events as bytes that all clients of a hunt share. <c>System.Net.ServerSentEvents.SseFormatter</c> writes an
/// asynchronous sequence to the stream of one client, which would serialize each state once per client (ADR 11).
/// </summary>
internal static class SseEvents
{
    public const string ContentType = "text/event-stream";

    private const int MinRetryMs = 1_000;
    private const int MaxRetryMs = 5_000;

    public static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    /// <summary>An event without the empty line that ends it.</summary>
    public static byte[] Serialize<T>(ReadOnlySpan<byte> name, T value) =>
    [
        .. "event: "u8, .. name, .. "\ndata: "u8, .. JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web), (byte)'\n',
    ];

    /// <summary>A whole event that leaves the client's last id as it is.</summary>
    public static byte[] SerializeWithoutId<T>(ReadOnlySpan<byte> name, T value) => [.. Serialize(name, value), (byte)'\n'];

    /// <summary>
    /// Joins events. Only the last one has the id. A client that loses the connection earlier gets all of them again when it reconnects.
    /// </summary>
    public static byte[] Join(IEnumerable<byte[]> events, ResumeToken id)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var serialized in events)
        {
            bytes.Write(bytes.WrittenCount == 0 ? [] : "\n"u8);
            bytes.Write(serialized);
        }

        if (bytes.WrittenCount > 0)
        {
            bytes.Write(Encoding.ASCII.GetBytes($"id: {id}\n\n"));
        }

        return bytes.WrittenMemory.ToArray();
    }

    /// <summary>A reconnection time. It is random, so that the clients of a host that stops do not all return at the same moment.</summary>
    public static byte[] RandomRetry() => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(MinRetryMs, MaxRetryMs)}\n\n"));
}
