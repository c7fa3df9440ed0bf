using System.Text.Json.Serialization;
using TreasureHunt.Contracts;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Why a generation is built, or fed again. These names are part of the interface.</summary>
public static class ReplayKinds
{
    /// <summary>The first generation of a read model.</summary>
    public const string Build = "build";

    /// <summary>Redis or Memcached lost something of the live generation.</summary>
    public const string Repair = "repair";

    /// <summary>An admin wants a new generation.</summary>
    public const string Replay = "replay";

    /// <summary>An admin wants the previous generation back.</summary>
    public const string Rollback = "rollback";
}

/// <summary>A replay and how far it has come.</summary>
/// <param name="State"><c>waiting</c>, <c>building</c>, <c>comparing</c>, <c>done</c>, <c>cancelled</c> or <c>failed</c>.</param>
/// <param name="DryRun">Whether the new generation is thrown away in the end.</param>
/// <param name="CompareAll">Whether all of both generations is compared, and not a sample.</param>
/// <param name="Sequence">The sequence up to which the generation is built.</param>
/// <param name="Head">The end of the log, as last seen.</param>
/// <param name="Events">Events applied.</param>
/// <param name="Seconds">Time spent building.</param>
/// <param name="Compared">Keys compared; 0 when there was nothing to compare with, or it lost something meanwhile.</param>
/// <param name="Differences">Keys that differ between both generations.</param>
/// <param name="Examples">Some of these keys.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="By">
/// The administrator who asked for it; null when the engine did. It has a column of its own, which no later report writes.
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
