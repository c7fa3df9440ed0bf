using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>A hunt as the read side keeps it. What players see of it depends on the time at which they look.</summary>
public sealed record HuntView(string HuntId, string Name, HuntWindow Window, int? PlayerLimit);

/// <summary>A treasure as the read side keeps it, with all of its clues: the door shows only those already revealed.</summary>
public sealed record TreasureView(
    string TreasureId,
    string HuntId,
    string Name,
    int Stock,
    int Awarded,
    int PerPlayer,
    bool ProofRequired,
    bool Withdrawn,
    IReadOnlyList<Clue> Clues)
{
    /// <summary>Units that can still be won.</summary>
    public int Remaining => Stock - Awarded;
}

/// <summary>A claim and what became of it.</summary>
/// <param name="Fingerprint">That of the payload that was decided; null when none was recorded. It is never shown.</param>
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
