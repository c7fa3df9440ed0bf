namespace TreasureHunt.Load;

/// <param name="Parts">What is measured: names of scenarios, and of <see cref="Others"/>.</param>
/// <param name="System">Name of what is measured; a key of the results.</param>
/// <param name="Callers">Callers of a closed loop.</param>
/// <param name="Repeats">Runs of each measurement.</param>
/// <param name="Duration">Of each run.</param>
/// <param name="WarmUp">Before each run, not counted.</param>
/// <param name="StoryRate">Requests a second of the story; null to find it out, at three times what this system can do.</param>
public sealed record BenchOptions(
    IReadOnlyList<string> Parts, string System, int Callers, int Repeats, TimeSpan Duration, TimeSpan WarmUp, double? StoryRate)
{
    /// <summary>Load at a set rate: 1,000 claims/s and one caller; rates up to beyond the knee; bytes a claim; the story.</summary>
    public static readonly string[] Others = ["latency", "curve", "bytes", "story"];

    public static IReadOnlyList<string> Everything => [.. Scenario.All.Select(scenario => scenario.Name), .. Others];
}
