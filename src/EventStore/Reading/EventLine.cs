using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.EventStore.Reading;

/// <summary>A recorded event as the feed returns it: one line of NDJSON.</summary>
/// <param name="By">The <see cref="Contracts.Actor"/> of an administrative command; null for claims and for events of older builds.</param>
public sealed record EventLine(
    long Sequence,
    string StreamKey,
    long Version,
    string Type,
    Guid Id,
    DateTimeOffset At,
    JsonElement Data,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? By = null);
