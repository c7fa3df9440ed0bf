using System.Text.Json;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker;

/// <summary>One line of <c>GET /admin/events</c>.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="Event">Null when the contract does not know the type.</param>
public sealed record FeedEvent(long Sequence, string StreamKey, long Version, string Type, Guid Id, DateTimeOffset At, object? Event)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <exception cref="JsonException">The line has another form.</exception>
    public static FeedEvent Parse(string line)
    {
        var written = JsonSerializer.Deserialize<FeedEventLine>(line, Json) ?? throw new JsonException("A line of the event feed is null.");
        if (written is { Type: null } or { StreamKey: null } or { Data.ValueKind: JsonValueKind.Undefined })
        {
            throw new JsonException("A line of the event feed has no type, no stream or no data.");
        }

        var known = EventNames.Types.TryGetValue(written.Type, out var type) ? written.Data.Deserialize(type, Json) : null;
        return new FeedEvent(written.Sequence, written.StreamKey, written.Version, written.Type, written.Id, written.At, known);
    }

    private sealed record FeedEventLine(
        long Sequence, string StreamKey, long Version, string Type, Guid Id, DateTimeOffset At, JsonElement Data);
}
