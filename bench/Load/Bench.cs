using System.Net;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;

namespace TreasureHunt.Load;

/// <summary>Measures one system that runs behind the door.</summary>
/// <param name="runFolder">The folder of the set, whose processes are watched.</param>
/// <param name="mark">Sets this run's treasures apart from those of runs before.</param>
public sealed class Bench(
    BenchOptions options, CliSettings settings, string runFolder, string mark, TimeProvider timeProvider, Action<string> say)
{
    /// <summary>The rate at which a shop on a busy day would call, in claims a second.</summary>
    private const double Thousand = 1_000;

    /// <summary>Callers of an open loop: more than are ever under way, unless the system falls behind.</summary>
    private const int Many = 2_000;

    /// <summary>
    /// The crowd of the story: nobody stays away because others are still waiting. A process may hold 20,000 files here, HAProxy two for
    /// each.
    /// </summary>
    private const int Crowded = 8_000;

    private static readonly TimeSpan WarmingUp = TimeSpan.FromSeconds(45);

    private static readonly double[] Offered = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.25, 1.5, 2];

    private readonly Dictionary<string, int> _seeds = [];

    public async Task<SystemResults> RunAsync()
    {
        var tokens = new Tokens(settings, timeProvider);
        using var desk = new AdminApiClient(settings.Url, settings.Operators, () => tokens.Admin(), timeProvider);
        var site = new BenchSite(desk);
        using var callers = new CallerPool(
            new IPEndPoint(IPAddress.Parse(settings.Url.Host), settings.Url.Port), new BenchPlayers(tokens), timeProvider);
        var capacity = new List<Measured>();
        await WarmUpAsync(site, callers);
        foreach (var scenario in Scenario.All.Where(scenario => options.Parts.Contains(scenario.Name)))
        {
            var shared = scenario.Treasures > 1 ? await PreparedAsync(site, scenario, $"{mark}-{scenario.Name}") : null;
            for (var repeat = 1; repeat <= options.Repeats; repeat++)
            {
                var run = shared ?? await PreparedAsync(site, scenario, $"{mark}-{scenario.Name}-{repeat}");
                capacity.Add(await ClosedAsync(callers, scenario, run, options.Callers, repeat));
            }
        }

        var most = Median(capacity.Where(measured => measured.Scenario == Scenario.Fifty.Name).Select(measured => measured.PerSecond));
        var fifty = await PreparedAsync(site, Scenario.Fifty, $"{mark}-open");
        var latency = await Part("latency", async () =>
        [
            .. await RepeatAsync(repeat => ClosedAsync(callers, Scenario.Fifty with { Name = "one-caller" }, fifty, 1, repeat)),
            .. await RepeatAsync(repeat => OpenAsync(callers, Scenario.Fifty with { Name = "outcome" }, fifty, Thousand, repeat)),
            .. await RepeatAsync(repeat => OpenAsync(callers, Scenario.Fifty with { Name = "accept" }, fifty, Thousand, repeat, wait: 0)),
        ]);
        var curve = await Part("curve", async () =>
        {
            var measured = new List<Measured>();
            foreach (var share in Offered)
            {
                measured.Add(await OpenAsync(callers, Scenario.Fifty, fifty, Math.Max(10, most * share), 1));
            }

            return measured;
        });
        var bytes = options.Parts.Contains("bytes") ? await BytesAsync(callers, fifty) : null;
        var story = await Part("story", () => StoryAsync(site, callers));
        return new SystemResults(options.System, capacity, latency, curve, story, bytes ?? []) { NothingDecided = bytes is { Count: 0 } };

        async Task<List<Measured>> Part(string name, Func<Task<List<Measured>>> measure) =>
            options.Parts.Contains(name) ? await measure() : [];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
    }

    // Compilers and caches learn from the first claims; a shop's hosts have been up for longer than that.
    private async Task WarmUpAsync(BenchSite site, CallerPool callers)
    {
        var run = await PreparedAsync(site, Scenario.Fifty, $"{mark}-warm");
        say($"warming up for {WarmingUp.TotalSeconds} s");
        await callers.ClosedAsync(Scenario.Fifty, run, Seed(run), options.Callers, WarmingUp);
        await callers.ClosedAsync(Scenario.Sale, run, Seed(run), options.Callers, options.WarmUp);
    }

    // Where this project began: a sale that three times as many come to as the old system could serve.
    private async Task<List<Measured>> StoryAsync(BenchSite site, CallerPool callers)
    {
        var rate = options.StoryRate;
        if (rate is null)
        {
            var alone = await PreparedAsync(site, Scenario.Sale, $"{mark}-capacity");
            rate = 3 * (await ClosedAsync(callers, Scenario.Sale, alone, options.Callers, 1)).Answers;
        }

        var story = new List<Measured>();
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            var run = await PreparedAsync(site, Scenario.Sale, $"{mark}-story-{repeat}");
            story.Add(await OpenAsync(callers, Scenario.Sale, run, rate.Value, repeat, crowd: Crowded));
        }

        return story;
    }

    private async Task<Dictionary<string, double>> BytesAsync(CallerPool callers, string run)
    {
        var before = await Volume.ReadAsync();
        var tally = await callers.ClosedAsync(Scenario.Fifty, run, Seed(run), options.Callers, options.Duration);
        var after = await Volume.ReadAsync();
        if (tally.Won + tally.Rejected == 0)
        {
            return [];
        }

        return before.Keys.ToDictionary(what => what, what => (after[what] - before[what]) / (tally.Won + tally.Rejected));
    }

    private async Task<string> PreparedAsync(BenchSite site, Scenario scenario, string run)
    {
        say($"preparing {scenario.What}");
        await site.PrepareAsync(scenario, run, timeProvider.GetUtcNow());
        return run;
    }

    private async Task<List<Measured>> RepeatAsync(Func<int, Task<Measured>> measure)
    {
        var measured = new List<Measured>();
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            measured.Add(await measure(repeat));
        }

        return measured;
    }

    private Task<Measured> ClosedAsync(CallerPool callers, Scenario scenario, string run, int count, int repeat) =>
        MeasureAsync(scenario, run, repeat, null, (seed, duration) => callers.ClosedAsync(scenario, run, seed, count, duration));

    private Task<Measured> OpenAsync(
        CallerPool callers, Scenario scenario, string run, double rate, int repeat, int wait = 10, int crowd = Many) =>
        MeasureAsync(scenario, run, repeat, rate, (seed, duration) => callers.OpenAsync(scenario, run, seed, crowd, duration, rate, wait));

    private async Task<Measured> MeasureAsync(
        Scenario scenario, string run, int repeat, double? offered, Func<int, TimeSpan, Task<CallTally>> call)
    {
        // A treasure that sells out is measured from its first unit on; everything else when it is warm.
        var warm = scenario.Stock >= 1_000 || scenario.SoldOut ? await call(Seed(run), options.WarmUp) : null;
        var before = Machine.Processor(runFolder);
        var tally = await call(Seed(run), options.Duration);
        var used = Machine.Processor(runFolder).ToDictionary(
            process => process.Key, process => process.Value - before.GetValueOrDefault(process.Key));
        var winners = tally.Winners.Zip(warm?.Winners ?? tally.Winners.Select(_ => 0), (now, then) => (long)now + then);
        var measured = Measured.Of(scenario, offered, tally, winners.Sum(won => Math.Max(0, won - scenario.Stock)), used);
        say(ProgressLine.Of(options.System, repeat, measured));
        return measured;
    }

    private int Seed(string run) => _seeds[run] = _seeds.GetValueOrDefault(run) + 1;
}
