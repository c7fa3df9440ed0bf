namespace TreasureHunt.Api.ServiceLevels;

/// <summary>What the Api can do, as far as it sees; each is worse than the one before. The numbers are what the metric shows.</summary>
public enum ServiceLevel
{
    /// <summary>Everything.</summary>
    Normal = 0,

    /// <summary>Claims are taken; reads may be older than usual, or answer 503 where no cache has them, or outcomes do not come.</summary>
    Degraded = 1,

    /// <summary>Reads go on, claims are not taken.</summary>
    ReadOnly = 2,

    /// <summary>Neither.</summary>
    Unavailable = 3,
}

/// <summary>Levels and their names.</summary>
public static class ServiceLevels
{
    /// <summary>The level that follows from what is up.</summary>
    /// <param name="redis">Whether Redis answers; one that is full does.</param>
    /// <param name="moving">Whether everything behind moves: Redis takes writes, read models and decisions do not stand still.</param>
    public static ServiceLevel Of(
        bool memcached, bool redis, bool bus, bool moving) => (bus, memcached || redis, memcached && redis && moving) switch
        {
            (true, _, true) => ServiceLevel.Normal,
            (true, _, false) => ServiceLevel.Degraded,
            (false, true, _) => ServiceLevel.ReadOnly,
            _ => ServiceLevel.Unavailable,
        };

    /// <summary><c>normal</c>, <c>degraded</c>, <c>read-only</c> or <c>unavailable</c>.</summary>
    public static string Name(this ServiceLevel level) => level switch
    {
        ServiceLevel.Normal => "normal",
        ServiceLevel.Degraded => "degraded",
        ServiceLevel.ReadOnly => "read-only",
        _ => "unavailable",
    };
}

/// <summary>
/// The level that is declared. It follows what is seen, but not every blink: two looks in a row make it worse, three make it better.
/// </summary>
/// <param name="Since">When it was declared.</param>
/// <param name="Streak">Looks in a row that saw worse (positive) or better (negative).</param>
public sealed record ServiceLevelState(ServiceLevel Level, DateTimeOffset Since, int Streak = 0)
{
    private const int ToFall = 2;
    private const int ToRise = 3;

    /// <summary>What is declared after one more look.</summary>
    public ServiceLevelState After(ServiceLevel seen, DateTimeOffset now)
    {
        var streak = seen.CompareTo(Level) switch
        {
            0 => 0,
            > 0 => Math.Max(Streak, 0) + 1,
            _ => Math.Min(Streak, 0) - 1,
        };
        return streak is >= ToFall or <= -ToRise ? new ServiceLevelState(seen, now) : this with { Streak = streak };
    }
}
