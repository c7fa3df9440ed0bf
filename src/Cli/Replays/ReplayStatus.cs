using System.Globalization;

namespace TreasureHunt.Cli.Replays;

/// <summary>What <c>POST /admin/replays</c> takes.</summary>
public sealed record StartReplayRequest(string ReadModel, bool DryRun, bool Compare, bool Rollback);

/// <summary>A replay as the engine tells of it.</summary>
public sealed record ReplayStatus(
    Guid Id,
    string ReadModel,
    string Kind,
    int Generation,
    string State,
    bool DryRun,
    long Sequence,
    long Head,
    long Events,
    long EventsPerSecond,
    double Seconds,
    long Behind,
    long Compared,
    long Differences,
    IReadOnlyList<string>? Examples = null,
    string? Error = null,
    DateTimeOffset? FinishedAt = null)
{
    /// <summary>What speaks against a replay that has come to its end, in a sentence; null for nothing.</summary>
    /// <param name="comparison">Whether it was asked for in order to compare.</param>
    public string? Complaint(bool comparison) =>
        comparison && Compared == 0 ? $"{ReadModel}: no key was compared, so nothing is shown."
        : DryRun && Differences > 0 ? $"{ReadModel}: the live generation differs from the event store."
        : null;

    /// <summary>How it ended, in a sentence.</summary>
    public string Summary => State == "done"
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{ReadModel}: generation {Generation} {(DryRun ? "was built and thrown away" : "is live")}; {Events:N0} events in {Seconds:0.0} s ({EventsPerSecond:N0}/s); {Comparison}")
        : $"{ReadModel}: the {Kind} to generation {Generation} is {State}{(Error is null ? "" : $": {Error}")}";

    private string Comparison =>
        Compared == 0
            ? "nothing to compare"
            : string.Create(CultureInfo.InvariantCulture, $"{Compared:N0} keys compared, {Differences:N0} different");
}

/// <summary>The figures of one command.</summary>
/// <param name="Events">Events applied, over all read models.</param>
/// <param name="Differences">Keys that differ from the generation before.</param>
/// <param name="Generation">The generation built last.</param>
/// <param name="Seconds">Time spent building.</param>
public sealed record ReplayFigures(
    long Events, long EventsPerSecond, long Differences, int Generation, double Seconds, IReadOnlyList<ReplayStatus> Replays)
{
    public static ReplayFigures Of(IReadOnlyList<ReplayStatus> replays)
    {
        var (events, seconds) = (replays.Sum(replay => replay.Events), replays.Sum(replay => replay.Seconds));
        return new ReplayFigures(
            events, seconds > 0 ? (long)(events / seconds) : 0, replays.Sum(replay => replay.Differences), replays[^1].Generation, seconds,
            replays);
    }
}
