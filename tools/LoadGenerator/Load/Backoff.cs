namespace TreasureHunt.LoadGenerator.Load;

/// <summary>The pause before a retry.</summary>
public static class Backoff
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The delay that the engine requested, plus up to half of it. Without a request of the engine the delay doubles with each attempt, up
    /// to two seconds, minus up to half of it.
    /// </summary>
    /// <param name="random">0 to 1. It spreads the retries of many callers.</param>
    public static TimeSpan DelayBefore(int attempt, TimeSpan? requested, double random) => requested is { } delay
        ? delay * (1 + random / 2)
        : TimeSpan.FromTicks(Math.Min(MaxDelay.Ticks, FirstDelay.Ticks << Math.Min(attempt, 10))) * (1 - random / 2);
}
