using System.Globalization;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>More claims than the set can decide.</summary>
internal static class LoadFaults
{
    /// <summary>The load as a multiple of the capacity.</summary>
    private const double OverloadFactor = 3;

    /// <summary>
    /// More than the calls in flight, so that the load does not depend on the speed of answers. Each has a connection of its own: one that
    /// sends its next request at once would be a loop for HAProxy.
    /// </summary>
    private const int Callers = 8_000;

    private static readonly TimeSpan OverloadTime = TimeSpan.FromSeconds(60);

    public static readonly IReadOnlyList<Fault> All = [Overload()];

    private static Fault Overload()
    {
        // Both are measured on the idle set.
        var (capacity, baseline) = (0.0, new CallTally(0));
        return new(28, "overload", "the excess gets 429; a quarter of the capacity is admitted; the audit is clean")
        {
            Duration = TimeSpan.Zero,
            PauseFactor = 20,
            Prepare = async scenario =>
            {
                var load = scenario.Own(await BenchmarkLoad.Create(scenario.Admin, scenario.Tokens, scenario.TimeProvider));
                capacity = await load.MeasureCapacity();
                // As long as the overload: a pause of the whole machine once a minute is in both.
                baseline = await load.RunOpenLoop(capacity / 3, Callers, OverloadTime, waitSeconds: 0);
            },
            Inject = async scenario =>
            {
                var load = scenario.Resources.OfType<BenchmarkLoad>().Single();
                using var end = new CancellationTokenSource();
                var memory = MemoryGrowth.Sample(scenario.Set, end.Token);
                var overload = await load.RunOpenLoop(OverloadFactor * capacity, Callers, OverloadTime, waitSeconds: 0);
                await end.CancelAsync();
                scenario.Violations.AddRange(
                [
                    .. OverloadCheck.FindViolations(overload, baseline, capacity),
                    .. MemoryGrowth.FindViolations(await memory, "overload"),
                ]);
                await Poll.Until(
                    "the audit of the overload is clean", async () => await scenario.Audit(load.HuntId) is { Hunts: [{ Clean: true }] });
                return Report(capacity, overload, baseline);
            },
        };
    }

    private static string Report(double capacity, CallTally overload, CallTally baseline)
    {
        var seconds = overload.Duration.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Offered(overload) / seconds:N0}/s offered for {seconds:0} s, of a capacity of {capacity:N0}/s: "
                + $"{overload.Claims.Count / seconds:N0}/s admitted, p50 {overload.Claims.P50:0.0} p99 {overload.Claims.P99:0} ms "
                + $"(at a third of the capacity p99 {baseline.Claims.P99:0} ms, {Rejected(baseline):P0} rejected), "
                + $"{Rejected(overload):P0} rejected in p50 {overload.Failures.P50:0.0} p99 {overload.Failures.P99:0} ms");
    }

    private static long Offered(CallTally tally) => tally.Claims.Count + tally.Failures.Count;

    private static double Rejected(CallTally tally) => (double)tally.Failures.Count / Offered(tally);
}
