namespace TreasureHunt.ReadModels;

/// <summary>The view of a claim and its outcome.</summary>
/// <param name="Fingerprint">The fingerprint of the decided payload; null when none was recorded. It is never returned.</param>
public sealed record ClaimView(
    Guid ClaimId,
    string TreasureId,
    string HuntId,
    string PlayerId,
    string Outcome,
    string? Reason = null,
    long? Position = null,
    long? WinningPosition = null,
    long? LateByMs = null,
    DateTimeOffset? AcceptedAt = null,
    DateTimeOffset? DecidedAt = null,
    DateTimeOffset? RevokedAt = null,
    string? Fingerprint = null);
