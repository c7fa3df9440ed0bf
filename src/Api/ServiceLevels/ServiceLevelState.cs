namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// The level that the Api reports. It does not follow every single check: two checks in a row make it worse, three make it better.
/// </summary>
/// <param name="Since">When the level was reached.</param>
/// <param name="Streak">The number of checks in a row with a worse level (positive) or a better one (negative).</param>
public sealed record ServiceLevelState(ServiceLevel Level, DateTimeOffset Since, int Streak = 0)
{
    private const int WorseChecksRequired = 2;
    private const int BetterChecksRequired = 3;

    /// <summary>The state after one more check.</summary>
    public ServiceLevelState Next(ServiceLevel found, DateTimeOffset now)
    {
        var streak = found.CompareTo(Level) switch
        {
            0 => 0,
            > 0 => Math.Max(Streak, 0) + 1,
            _ => Math.Min(Streak, 0) - 1,
        };
        return streak is >= WorseChecksRequired or <= -BetterChecksRequired
            ? new ServiceLevelState(found, now) : this with { Streak = streak };
    }
}
