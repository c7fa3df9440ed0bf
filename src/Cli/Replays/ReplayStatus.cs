using System.Globalization;

namespace TreasureHunt.Cli.Replays;

/// <summary>The state of a replay.</summary>
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
    /// <summary>Why a finished replay has not succeeded, as a sentence; null when it has.</summary>
    /// <param name="comparison">Whether its purpose was a comparison.</param>
    public string? Failure(bool comparison) =>
        comparison && Compared == 0 ? $"{ReadModel}: no key was compared, so nothing is proved."
        : DryRun && Differences > 0 ? $"{ReadModel}: the live generation differs from the event store."
        : null;

    /// <summary>The result, as a sentence.</summary>
    public string Summary => State == "done"
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{ReadModel}: generation {Generation} {(DryRun ? "was built and discarded" : "is live")}; "
            + $"{Events:N0} events in {Seconds:0.0} s ({EventsPerSecond:N0}/s); {Comparison}")
        : $"{ReadModel}: the {Kind} to generation {Generation} is {State}{(Error is null ? "" : $": {Error}")}";

    private string Comparison =>
        Compared == 0
            ? "nothing to compare"
            : string.Create(CultureInfo.InvariantCulture, $"{Compared:N0} keys compared, {Differences:N0} different");
}
