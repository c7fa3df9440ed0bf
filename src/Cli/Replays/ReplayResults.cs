namespace TreasureHunt.Cli.Replays;

/// <summary>The results of one command.</summary>
/// <param name="Events">Events applied, over all read models.</param>
/// <param name="Differences">Keys that differ from the generation before.</param>
/// <param name="Generation">The generation built last.</param>
/// <param name="Seconds">Time spent building.</param>
public sealed record ReplayResults(
    long Events, long EventsPerSecond, long Differences, int Generation, double Seconds, IReadOnlyList<ReplayStatus> Replays)
{
    public static ReplayResults Of(IReadOnlyList<ReplayStatus> replays)
    {
        var (events, seconds) = (replays.Sum(replay => replay.Events), replays.Sum(replay => replay.Seconds));
        return new ReplayResults(
            events, seconds > 0 ? (long)(events / seconds) : 0, replays.Sum(replay => replay.Differences), replays[^1].Generation, seconds,
            replays);
    }
}
