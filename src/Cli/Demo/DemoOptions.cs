using TreasureHunt.LoadGenerator.Planning;

namespace TreasureHunt.Cli.Demo;

/// <summary>The options of a demo.</summary>
/// <param name="Size">The sale, unless it comes from a trace.</param>
/// <param name="From">File with the trace to replay, or null.</param>
/// <param name="Speed">How much faster than recorded the trace is replayed.</param>
/// <param name="Stock">Units of every treasure of a trace; null for half as many as it has different claims.</param>
/// <param name="Callers">The most claims in flight.</param>
/// <param name="WarmUp">Claims before the measurement.</param>
/// <param name="Quiet">Measured claims of the quiet caller.</param>
/// <param name="Deadline">For how long one claim is retried and its outcome polled.</param>
/// <param name="Json">File for the results, or null.</param>
/// <param name="Record">File for the trace of the run, or null.</param>
public sealed record DemoOptions(
    PlanSize Size,
    string? From,
    double Speed,
    int? Stock,
    int Callers,
    int WarmUp,
    int Quiet,
    TimeSpan Deadline,
    string? Json,
    string? Record)
{
    /// <summary>Clients of the sale's event stream during the peak load; 0 for none.</summary>
    public int Watchers { get; init; }

    public Plan MakePlan()
    {
        if (From is null)
        {
            return Planner.Make(Size);
        }

        using var input = File.OpenText(From);
        return TracePlanner.Make(Trace.Read(input, From), Stock, Speed);
    }
}
