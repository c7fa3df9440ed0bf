using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.EventStore.Reading;

/// <summary>One fact of the log, as the feed tells it: one line of NDJSON.</summary>
/// <param name="By">Who gave the command; only administrative events have it, from the build on that recorded it.</param>
public sealed record EventLine(
    long Sequence,
    string StreamKey,
    long Version,
    string Type,
    Guid Id,
    DateTimeOffset At,
    JsonElement Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? By = null);
