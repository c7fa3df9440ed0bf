namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The meanings of a response to a claim.</summary>
public enum ClaimReplyKind
{
    /// <summary>The outcome is known.</summary>
    Decided,

    /// <summary>Accepted; the outcome will follow.</summary>
    Pending,

    /// <summary>Refused for good: nothing was recorded.</summary>
    Refused,

    /// <summary>Refused for now: nothing was recorded, a retry may succeed.</summary>
    Busy,

    /// <summary>The claim may or may not be accepted: a server error, a lost connection, or a timeout.</summary>
    Unsure,
}
