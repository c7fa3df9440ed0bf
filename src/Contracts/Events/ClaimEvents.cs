using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Events;

/// <summary>A player got a unit.</summary>
public sealed record TreasureAwarded(
    string TreasureId,
    string HuntId,
    Guid ClaimId,
    string PlayerId,
    long Position,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : IClaimEvent;

/// <summary>A claim got no unit. <c>HuntId</c> is empty when the treasure does not exist.</summary>
public sealed record ClaimRefused(
    string TreasureId,
    string HuntId,
    Guid ClaimId,
    string PlayerId,
    string Reason,
    long Position,
    long? WinningPosition,
    long? LateByMs,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : IClaimEvent;
