namespace TreasureHunt.Cli.Engine;

/// <summary>How long to wait before trying again.</summary>
public static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What the engine asked for and up to half as much again; without a wish of the engine twice as long each time, up to two
    /// seconds, less up to half. <paramref name="dice"/> is 0 to 1: it keeps a crowd from coming back in step.
    /// </summary>
    public static TimeSpan Before(int attempt, TimeSpan? asked, double dice) => asked is { } wish
        ? wish * (1 + dice / 2)
        : TimeSpan.FromTicks(Math.Min(MaxDelay.Ticks, First.Ticks << Math.Min(attempt, 10))) * (1 - dice / 2);
}
