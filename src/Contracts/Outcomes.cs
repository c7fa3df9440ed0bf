namespace TreasureHunt.Contracts;

/// <summary>What a claim can come to.</summary>
public static class Outcomes
{
    /// <summary>Accepted and safe on the bus, not decided yet.</summary>
    public const string Pending = "pending";

    /// <summary>The player got a unit.</summary>
    public const string Won = "won";

    /// <summary>The player got none, for one of <see cref="Reasons"/>.</summary>
    public const string Rejected = "rejected";
}

/// <summary>Why a claim was rejected. The strings are part of the storage format.</summary>
public static class Reasons
{
    public const string HuntNotOpen = "hunt-not-open";
    public const string HuntPaused = "hunt-paused";
    public const string HuntClosed = "hunt-closed";
    public const string TreasureNotFound = "treasure-not-found";
    public const string TreasureExhausted = "treasure-exhausted";
    public const string TreasureWithdrawn = "treasure-withdrawn";
    public const string AlreadyClaimed = "already-claimed";
    public const string PlayerLimitReached = "player-limit-reached";
    public const string ProofMissing = "proof-missing";
    public const string ProofWrong = "proof-wrong";
    public const string TooManyAttempts = "too-many-attempts";

    /// <summary>
    /// The player was refused so often at this treasure that refusals are no longer recorded: this one is told and not stored, and has no
    /// position.
    /// </summary>
    public const string TooManyRefusals = "too-many-refusals";
}
