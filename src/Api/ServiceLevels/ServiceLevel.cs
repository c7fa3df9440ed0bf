namespace TreasureHunt.Api.ServiceLevels;

/// <summary>What the Api can do, each level worse than the one before. The numbers are the values of the metric.</summary>
public enum ServiceLevel
{
    /// <summary>Everything works.</summary>
    Normal = 0,

    /// <summary>
    /// The Api accepts claims. Reads can be older than usual, or return 503 without a cached value, or outcomes do not arrive.
    /// </summary>
    Degraded = 1,

    /// <summary>The Api serves reads and accepts no claims.</summary>
    ReadOnly = 2,

    /// <summary>The Api serves no reads and accepts no claims.</summary>
    Unavailable = 3,
}

/// <summary>Levels and their names.</summary>
public static class ServiceLevels
{
    /// <summary>The level that follows from the state of the dependencies.</summary>
    /// <param name="redis">Whether Redis answers; a full one does.</param>
    /// <param name="isAdvancing">Whether Redis accepts writes, and projections and decisions make progress.</param>
    public static ServiceLevel Of(
        bool memcached, bool redis, bool bus, bool isAdvancing) => (bus, memcached || redis, memcached && redis && isAdvancing) switch
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
