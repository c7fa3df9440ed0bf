using System.Text.Json.Serialization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>A replay and its progress.</summary>
/// <param name="Kind">One of <see cref="ReplayKinds"/>.</param>
/// <param name="State"><c>waiting</c>, <c>building</c>, <c>comparing</c>, <c>done</c>, <c>cancelled</c> or <c>failed</c>.</param>
/// <param name="DryRun">Whether the new generation is deleted in the end.</param>
/// <param name="CompareAll">Whether all keys of both generations are compared, not a sample.</param>
/// <param name="Sequence">The sequence up to which the generation is built.</param>
/// <param name="Head">The last sequence of the event store at the last report.</param>
/// <param name="Events">Applied events.</param>
/// <param name="Seconds">Time spent building.</param>
/// <param name="Compared">Compared keys; 0 when there was no other generation, or the other one lost data meanwhile.</param>
/// <param name="Differences">Keys that differ between both generations.</param>
/// <param name="Examples">Some of these keys.</param>
/// <param name="Error">Why the replay failed.</param>
/// <param name="By">
/// The administrator who requested the replay; null when the engine did. The table has a column for it, which no later report writes.
/// </param>
public sealed record ReplayReport(
    Guid Id,
    string ReadModel,
    string Kind,
    int Generation,
    DateTimeOffset RequestedAt,
    string State = "waiting",
    bool DryRun = false,
    bool CompareAll = false,
    long Sequence = 0,
    long Head = 0,
    long Events = 0,
    double Seconds = 0,
    long Compared = 0,
    long Differences = 0,
    IReadOnlyList<string>? Examples = null,
    string? Error = null,
    DateTimeOffset? FinishedAt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Actor? By = null)
{
    public long EventsPerSecond => Seconds > 0 ? (long)(Events / Seconds) : 0;

    public long Behind => Math.Max(0, Head - Sequence);
}
