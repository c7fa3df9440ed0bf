using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>Measures single runs: responses, double winners, processor time and counters of the servers.</summary>
/// <param name="runFolder">The folder of the set, whose processes are measured.</param>
internal sealed class BenchRuns(BenchOptions options, string runFolder, Action<string> report)
{
    /// <summary>Callers of an open loop: more than the requests in flight, unless the system falls behind.</summary>
    private const int OpenLoopCallers = 2_000;

    /// <summary>A run takes its duration, the timeout of its last requests, and some time on a busy machine.</summary>
    private static readonly TimeSpan HangTimeout = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, int> _seeds = [];

    public Task<MeasuredRun> ClosedAsync(CallerPool callers, Scenario scenario, string run, int count, int repeat) =>
        MeasureAsync(scenario, run, repeat, null, (seed, duration) => callers.ClosedAsync(scenario, run, seed, count, duration));

    /// <summary>Storefronts send the claims in pieces.</summary>
    public Task<MeasuredRun> ClosedAsync(StorefrontLoad storefronts, Scenario scenario, string run, int repeat) =>
        MeasureAsync(scenario, run, repeat, null, (seed, duration) => storefronts.ClosedAsync(scenario, run, seed, duration));

    /// <param name="rate">Requests a second.</param>
    /// <param name="wait">Seconds that a request waits for its outcome.</param>
    public Task<MeasuredRun> OpenAsync(
        CallerPool callers, Scenario scenario, string run, double rate, int repeat, int wait = 10, int callerCount = OpenLoopCallers) =>
        MeasureAsync(
            scenario, run, repeat, rate, (seed, duration) => callers.OpenAsync(scenario, run, seed, callerCount, duration, rate, wait));

    /// <summary>A seed that no other run of the same hunt has, because the same seed sends the same idempotency keys.</summary>
    public int NextSeed(string run) => _seeds[run] = _seeds.GetValueOrDefault(run) + 1;

    /// <param name="offered">Requests a second; null in a closed loop.</param>
    /// <param name="call">Sends requests with a seed for some time.</param>
    public async Task<MeasuredRun> MeasureAsync(
        Scenario scenario, string run, int repeat, double? offered, Func<int, TimeSpan, Task<CallTally>> call)
    {
        // A treasure that sells out is measured from its first unit; other scenarios are measured after a warm-up.
        var warm = scenario.Stock >= 1_000 || scenario.SoldOut ? await CallAsync(options.WarmUp) : null;
        var countersBefore = await ServerCounters.ReadAsync();
        var before = Machine.ReadUse(runFolder);
        var tally = await CallAsync(options.Duration);
        var used = Machine.ReadUse(runFolder).ToDictionary(
            process => process.Key, process => process.Value - before.GetValueOrDefault(process.Key));
        var counted = (await ServerCounters.ReadAsync()).ToDictionary(
            counter => counter.Key, counter => counter.Value - countersBefore.GetValueOrDefault(counter.Key));
        var winners = tally.Winners.Zip(warm?.Winners ?? tally.Winners.Select(_ => 0), (now, then) => (long)now + then);
        var measured = MeasuredRun.Of(
            scenario, offered, tally, winners.Sum(won => Math.Max(0, won - scenario.Stock)), used, counted);
        report(ProgressLine.Of(options.System, repeat, measured));
        return measured;

        async Task<CallTally> CallAsync(TimeSpan duration)
        {
            try
            {
                return await call(NextSeed(run), duration).WaitAsync(duration + HangTimeout);
            }
            catch (TimeoutException)
            {
                throw new LoadException(
                    $"The run '{scenario.Name}' of {options.System} did not end {HangTimeout.TotalMinutes:0} minutes after its time.");
            }
        }
    }
}
