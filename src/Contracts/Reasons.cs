namespace TreasureHunt.Contracts;

/// <summary>The reasons of a rejection. The strings are part of the storage format.</summary>
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
    /// The player has so many refusals at this treasure that refusals are no longer recorded. This refusal is returned but not stored, and
    /// has no position.
    /// </summary>
    public const string TooManyRefusals = "too-many-refusals";
}
