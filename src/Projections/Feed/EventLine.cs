using System.Text.Json;

namespace TreasureHunt.Projections.Feed;

/// <summary>One fact of the log, as the feed tells it: one line of NDJSON.</summary>
public sealed record EventLine(long Sequence, string StreamKey, long Version, string Type, Guid Id, DateTimeOffset At, JsonElement Data);
