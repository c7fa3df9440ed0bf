using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>The response to an administrative command: recorded, or refused with the name of a problem.</summary>
/// <param name="Id">Id of the hunt or treasure.</param>
/// <param name="Sequence">The sequence of the recorded event; 0 when refused.</param>
/// <param name="Problem">Null when recorded; otherwise a problem name such as <c>already-exists</c>.</param>
/// <param name="Replayed">Whether an earlier request with the same key and payload recorded it.</param>
public sealed record CommandResponse(
    string Id,
    long Sequence,
    string? Problem = null,
    string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Replayed = false);
