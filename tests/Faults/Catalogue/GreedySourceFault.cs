using System.Globalization;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Trials;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>One address opens thousands of connections beside other callers.</summary>
internal static class GreedySourceFault
{
    /// <summary>Calls of the other callers a second, half of them reads.</summary>
    private const double OthersRate = 400;

    /// <summary>More than the calls in flight.</summary>
    private const int Callers = 2_000;

    private const int OutcomeWaitSeconds = 10;

    private static readonly TimeSpan MeasuredTime = TimeSpan.FromSeconds(20);

    public static Fault Create() => new(
        35, "greedy-source", "other callers keep their latency while one address opens thousands of connections")
    {
        Duration = TimeSpan.Zero,
        MustRunAlone = true,
        PauseFactor = 20,
        Prepare = async scenario =>
        {
            var load = scenario.Own(await BenchmarkLoad.Create(scenario.Admin, scenario.Tokens, scenario.TimeProvider, reads: 0.5));
            await load.RunOpenLoop(OthersRate, Callers, MeasuredTime, OutcomeWaitSeconds);
        },
        Inject = async scenario =>
        {
            var load = scenario.Resources.OfType<BenchmarkLoad>().Single();
            // Like the next measurement, beside the recorded players.
            var baseline = await load.RunOpenLoop(OthersRate, Callers, MeasuredTime, OutcomeWaitSeconds);
            var greedy = scenario.Own(
                await GreedySource.Start(
                    scenario.Tokens, scenario.Hunt.HuntId, scenario.Hunt.TreasureIds[^1], scenario.TimeProvider.GetUtcNow()));
            var open = greedy.OpenConnections;
            var others = await load.RunOpenLoop(OthersRate, Callers, MeasuredTime, OutcomeWaitSeconds);
            open = Math.Min(open, greedy.OpenConnections);
            scenario.Violations.AddRange(GreedySourceCheck.FindViolations(open, others, baseline));
            return Report(open, others, baseline);
        },
    };

    private static string Report(int open, CallTally others, CallTally baseline) => string.Create(
        CultureInfo.InvariantCulture,
        $"{GreedySource.Connections:N0} connections tried from one address, {open:N0} open; "
            + $"other callers: reads p99 {others.Reads.P99:0} ms ({baseline.Reads.P99:0} without), "
            + $"claims p99 {others.Claims.P99:0} ms ({baseline.Claims.P99:0} without), {StatusCounts.Format(others.Statuses)}");
}
