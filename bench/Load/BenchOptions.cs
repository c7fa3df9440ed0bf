namespace TreasureHunt.Load;

/// <summary>The options of a benchmark of one system.</summary>
/// <param name="Parts">The measurements: names of scenarios, and of <see cref="Others"/>.</param>
/// <param name="System">Name of the measured system; a key of the results.</param>
/// <param name="Callers">Callers of a closed loop.</param>
/// <param name="Repeats">Runs of each measurement.</param>
/// <param name="Duration">Of each run.</param>
/// <param name="WarmUp">Before each run, not counted.</param>
/// <param name="FirstWarmUp">
/// Before all runs: the first claims make the hosts compile code and fill caches, and a shop's hosts run for longer than that.
/// </param>
/// <param name="OverloadRate">
/// Requests a second of the overload; null for three times the capacity of this system, which is measured first.
/// </param>
public sealed record BenchOptions(
    IReadOnlyList<string> Parts, string System, int Callers, int Repeats, TimeSpan Duration, TimeSpan WarmUp, TimeSpan FirstWarmUp,
    double? OverloadRate)
{
    /// <summary>The name of the measurement at three times the rate that the shop's first design can serve.</summary>
    public const string Overload = "overload";

    /// <summary>The name of the measurement of admitted and refused claims, at rates up to three times the capacity.</summary>
    public const string Admission = "admission";

    /// <summary>The name of the measurement of reads after outcomes and of the order of two players.</summary>
    public const string Consistency = "consistency";

    /// <summary>The name of the measurement of replays.</summary>
    public const string Replay = "replay";

    /// <summary>The name of the measurement of a set that has just started.</summary>
    public const string Cold = "cold";

    /// <summary>
    /// Load at a set rate: 1,000 claims/s and one caller; rates up to beyond the knee; bytes a claim; consistency; the overload; admission;
    /// replays; the start.
    /// </summary>
    public static readonly string[] Others = ["latency", "curve", "bytes", Consistency, Overload, Admission, Replay, Cold];

    /// <summary>The measurements of a system in a full run: only the engine refuses claims.</summary>
    public static IReadOnlyList<string> EverythingOf(string system) =>
        [.. Everything.Where(part => part != Admission || system == "ours")];

    public static IReadOnlyList<string> Everything => [.. Scenarios.All.Select(scenario => scenario.Name), .. Others];
}
