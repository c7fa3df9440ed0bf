using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>Measures single runs: responses, double winners and processor time.</summary>
/// <param name="runFolder">The folder of the set, whose processes are measured.</param>
internal sealed class BenchRuns(BenchOptions options, string runFolder, Action<string> report)
{
    /// <summary>Callers of an open loop: more than the requests in flight, unless the system falls behind.</summary>
    private const int OpenLoopCallers = 2_000;

    private readonly Dictionary<string, int> _seeds = [];

    public Task<MeasuredRun> ClosedAsync(CallerPool callers, Scenario scenario, string run, int count, int repeat) =>
        MeasureAsync(scenario, run, repeat, null, (seed, duration) => callers.ClosedAsync(scenario, run, seed, count, duration));

    /// <param name="rate">Requests a second.</param>
    /// <param name="wait">Seconds that a request waits for its outcome.</param>
    public Task<MeasuredRun> OpenAsync(
        CallerPool callers, Scenario scenario, string run, double rate, int repeat, int wait = 10, int callerCount = OpenLoopCallers) =>
        MeasureAsync(
            scenario, run, repeat, rate, (seed, duration) => callers.OpenAsync(scenario, run, seed, callerCount, duration, rate, wait));

    /// <summary>A seed that no other run of the same hunt has, because the same seed sends the same idempotency keys.</summary>
    public int NextSeed(string run) => _seeds[run] = _seeds.GetValueOrDefault(run) + 1;

    private async Task<MeasuredRun> MeasureAsync(
        Scenario scenario, string run, int repeat, double? offered, Func<int, TimeSpan, Task<CallTally>> call)
    {
        // A treasure that sells out is measured from its first unit; other scenarios are measured after a warm-up.
        var warm = scenario.Stock >= 1_000 || scenario.SoldOut ? await call(NextSeed(run), options.WarmUp) : null;
        var before = Machine.Processor(runFolder);
        var tally = await call(NextSeed(run), options.Duration);
        var used = Machine.Processor(runFolder).ToDictionary(
            process => process.Key, process => process.Value - before.GetValueOrDefault(process.Key));
        var winners = tally.Winners.Zip(warm?.Winners ?? tally.Winners.Select(_ => 0), (now, then) => (long)now + then);
        var measured = MeasuredRun.Of(scenario, offered, tally, winners.Sum(won => Math.Max(0, won - scenario.Stock)), used);
        report(ProgressLine.Of(options.System, repeat, measured));
        return measured;
    }
}
