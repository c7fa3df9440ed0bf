using Spectre.Console;
using TreasureHunt.LoadGenerator.Http;
using static TreasureHunt.Cli.Demo.ReportTable;

namespace TreasureHunt.Cli.Demo;

/// <summary>Rates and latencies of a demo.</summary>
internal static class PaceTable
{
    public static Table Of(DemoResults results)
    {
        var table = Create("Pace");
        table.Row("decided per second", results.DecidedPerSecond is { } pace ? $"{pace:N0}" : NotReached);
        table.Row("peak load, seconds", $"{results.Seconds:N1}");
        table.Row("  load generator, CPU seconds", $"{results.GeneratorCpuSeconds:N1}");
        table.Row("outcome, ms", Times(results.OutcomeMs));
        table.Row("refusal by the API, ms", Times(results.RefusalMs));
        table.Row("quiet caller's outcome, ms", Times(results.IdleOutcomeMs));
        if (results.IdleMismatches > 0)
        {
            table.Row("  reads that showed another outcome", Number(results.IdleMismatches), isBad: true);
        }

        if (results.IdleWithoutOutcome > 0)
        {
            table.Row("  no outcome after one request", Number(results.IdleWithoutOutcome), isBad: true);
        }

        if (results.Batches is { } batches)
        {
            table.Row("claims in a batch", $"p50 {batches.P50:N0}  p99 {batches.P99:N0}  max {batches.Max:N0}");
        }

        AddStreamClients(table, results);
        foreach (var model in results.ReadModels ?? [])
        {
            table.Row($"projection lag of {model.Name}, ms", model.LagMs is { } lag
                ? $"p50 {Time(lag.P50)}  p99 {Time(lag.P99)}" : NotReached);
        }

        return table;
    }

    private static void AddStreamClients(Table table, DemoResults results)
    {
        if (results.Watchers is not { } clients)
        {
            return;
        }

        table.Row(
            "stream clients with the final state", $"{Number(results.WatchersOnFinalState)} of {clients:N0}",
            isBad: results.WatchersOnFinalState < clients);
        table.Row("  connections lost", Number(results.WatchersLost));
        table.Row(
            "  growth of the Api's working set for each, bytes",
            results.BytesPerWatcher is { } bytes ? $"{bytes:N0}" : NotReached);
    }
}
