using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.ReadModels;

/// <summary>
/// The report of the leading Projections worker about the read models. It is written to Redis once a second, for the Apis, and expires. A
/// missing report means that no worker updates the read models, or that Redis accepts no writes.
/// </summary>
/// <param name="Head">The last sequence of the event store.</param>
/// <param name="Stalled">The stalled projection shards, such as <c>redis:All</c>.</param>
public sealed record ProjectionReport(long Head, IReadOnlyList<string> Stalled)
{
    /// <summary>Time to live of a report. A change of the leader takes less.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    /// <exception cref="JsonException">The bytes are not a report.</exception>
    public static ProjectionReport Parse(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ProjectionReportJson.Default.ProjectionReport)
            ?? throw new JsonException("A report must not be null.");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProjectionReportJson.Default.ProjectionReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProjectionReport))]
internal sealed partial class ProjectionReportJson : JsonSerializerContext;
