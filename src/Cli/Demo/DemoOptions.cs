namespace TreasureHunt.Cli.Demo;

/// <summary>How a demo is to run.</summary>
/// <param name="Size">The sale, when it does not come from a trace.</param>
/// <param name="From">A trace to replay instead.</param>
/// <param name="Speed">How much faster than the trace was.</param>
/// <param name="Stock">Units of every treasure of a trace; null for half as many as there are claims.</param>
/// <param name="Callers">Claims under way at once.</param>
/// <param name="WarmUp">Claims before anything is measured.</param>
/// <param name="Quiet">Measured claims of the quiet caller.</param>
/// <param name="Deadline">How long one claim is retried and asked after.</param>
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
    /// <summary>Clients that watch the sale's stream during the storm; 0 for none.</summary>
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
