using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.ReadModels;

/// <summary>
/// What the leading Projections worker tells the Apis about the read models, in Redis, once a second. It expires: a report that
/// is missing means that no worker feeds the read models, or that Redis takes no writes.
/// </summary>
/// <param name="Head">The last sequence of the event store.</param>
/// <param name="Stalled">The shards of read models that stand still, such as <c>redis:All</c>.</param>
public sealed record ProjectionReport(long Head, IReadOnlyList<string> Stalled)
{
    /// <summary>How long a report is true. A change of leader takes less.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(15);

    /// <exception cref="JsonException">The bytes are no report.</exception>
    public static ProjectionReport Parse(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, ProjectionReportJson.Default.ProjectionReport)
            ?? throw new JsonException("A report is not null.");

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ProjectionReportJson.Default.ProjectionReport);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProjectionReport))]
internal sealed partial class ProjectionReportJson : JsonSerializerContext;
