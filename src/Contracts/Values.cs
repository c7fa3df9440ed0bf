namespace TreasureHunt.Contracts;

/// <summary>A hint that players see from <paramref name="RevealAt"/> on.</summary>
public sealed record Clue(string Text, DateTimeOffset RevealAt);

/// <summary>What is kept of a proof: a salt and HMAC-SHA256(salt, proof), both Base64. The proof itself is never stored.</summary>
public sealed record ProofHash(string Salt, string Hash);

/// <summary>A stretch of time in which a hunt stood still; it still does while <paramref name="Until"/> is null.</summary>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Covers(DateTimeOffset time) => time >= From && (Until is not { } until || time < until);
}

/// <summary>Where a hunt is in its life at one moment.</summary>
public enum HuntPhase
{
    Draft,
    Scheduled,
    Open,
    Paused,
    Closed,
    Cancelled,
}
