namespace TreasureHunt.Contracts;

/// <summary>A pause of a hunt.</summary>
/// <param name="From">The first paused time.</param>
/// <param name="Until">The first time that is no longer paused; null while the pause lasts.</param>
public sealed record Pause(DateTimeOffset From, DateTimeOffset? Until)
{
    public bool Covers(DateTimeOffset time) => time >= From && (Until is not { } until || time < until);
}
