using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>The final outcome of a claim.</summary>
/// <param name="Outcome"><see cref="Outcomes.Won"/> or <see cref="Outcomes.Rejected"/>.</param>
/// <param name="Reason">One of <see cref="Reasons"/> when rejected.</param>
/// <param name="Position">Position in the order in which the treasure's claims were decided, from 1.</param>
/// <param name="WinningPosition">The position of the claim that won the last unit, when the treasure was exhausted.</param>
/// <param name="LateByMs">Milliseconds from the acceptance of that claim to the acceptance of this one.</param>
/// <param name="Fingerprint">The fingerprint of the decided payload; null when none was recorded.</param>
public sealed record DecidedClaim(
    Guid ClaimId,
    string TreasureId,
    string HuntId,
    string PlayerId,
    string Outcome,
    string? Reason,
    long Position,
    long? WinningPosition,
    long? LateByMs,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null);
