using System.Net;
using TreasureHunt.Cli;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Load;

/// <summary>Measures one system that runs behind the edge proxy.</summary>
/// <param name="runFolder">The folder of the set, whose processes are measured.</param>
/// <param name="mark">The first part of this run's ids, so that runs share no treasures.</param>
public sealed class Bench(
    BenchOptions options, CliSettings settings, string runFolder, string mark, TimeProvider timeProvider, Action<string> report)
{
    /// <summary>The rate at which a shop on a busy day would call, in claims a second.</summary>
    private const double ShopRate = 1_000;

    /// <summary>So many that no connection sends its next request at once, as with users who come one by one.</summary>
    private const int CurveCallers = 4_000;

    /// <summary>Rates of the curve, as shares of the capacity.</summary>
    private static readonly double[] OfferedShares = [0.1, 0.25, 0.5, 0.75, 0.9, 1, 1.25, 1.5, 2];

    private readonly BenchRuns _runs = new(options, runFolder, report);

    private bool IsOurs => options.System == "ours";

    // "before" is an earlier commit of the engine, measured in turn with this one.
    private bool IsEngine => options.System is "ours" or "before";

    public async Task<SystemResults> RunAsync()
    {
        var tokens = new TokenFactory(settings.IssuerOf, timeProvider);
        using var client = new AdminApiClient(settings.Url, settings.Operators, () => tokens.Admin(), timeProvider);
        var hunts = new ScenarioHunt(client);
        var site = new IPEndPoint(IPAddress.Parse(settings.Url.Host), settings.Url.Port);
        var requests = new PlayerRequests(tokens);
        using var callers = new CallerPool(site, requests, timeProvider);
        var capacity = new List<MeasuredRun>();
        var cold = await WarmUpAsync(client, hunts, callers);
        var fifty = await PreparedAsync(hunts, Scenarios.Fifty, $"{mark}-open");
        // The first one: the claims of all measurements would not fit into Redis twice.
        capacity.AddRange(await Part(BenchOptions.Replay, () => ReplayAsync(client, callers, fifty)));
        // Only the engine takes several claims in a request.
        foreach (var scenario in Scenarios.All.Where(
            scenario => options.Parts.Contains(scenario.Name) && (scenario.Lines == 1 || IsOurs)))
        {
            var shared = scenario.Treasures > 1 ? await PreparedAsync(hunts, scenario, $"{mark}-{scenario.Name}") : null;
            for (var repeat = 1; repeat <= options.Repeats; repeat++)
            {
                var run = shared ?? await PreparedAsync(hunts, scenario, $"{mark}-{scenario.Name}-{repeat}");
                capacity.Add(scenario.Lines == 1
                    ? await _runs.ClosedAsync(callers, scenario, run, options.Callers, repeat)
                    : await _runs.ClosedAsync(new StorefrontLoad(site, tokens, timeProvider), scenario, run, repeat));
            }
        }

        var capacityPerSecond = Medians.Of(
            capacity.Where(measured => measured.Scenario == Scenarios.Fifty.Name).Select(measured => measured.PerSecond));
        var latency = await Part("latency", async () =>
        [
            .. await RepeatAsync(repeat => _runs.ClosedAsync(callers, Scenarios.Fifty with { Name = "one-caller" }, fifty, 1, repeat)),
            .. await RepeatAsync(repeat => _runs.OpenAsync(callers, Scenarios.Fifty with { Name = "outcome" }, fifty, ShopRate, repeat)),
            .. await RepeatAsync(repeat => _runs.OpenAsync(
                callers, Scenarios.Fifty with { Name = "outcome-half" }, fifty, ShopRate / 2, repeat)),
            .. await RepeatAsync(
                repeat => _runs.OpenAsync(callers, Scenarios.Fifty with { Name = "accept" }, fifty, ShopRate, repeat, wait: 0)),
        ]);
        var curve = await Part("curve", async () =>
        {
            var measured = new List<MeasuredRun>();
            using var users = new CallerPool(site, requests, timeProvider) { TakesTurns = true };
            foreach (var share in OfferedShares)
            {
                var rate = Math.Max(10, capacityPerSecond * share);
                measured.Add(await _runs.OpenAsync(users, Scenarios.Fifty, fifty, rate, repeat: 1, callerCount: CurveCallers));
            }

            return measured;
        });
        var bytes = options.Parts.Contains("bytes") ? await BytesAsync(callers, fifty) : null;
        var (reads, duels) = IsEngine && options.Parts.Contains(BenchOptions.Consistency)
            ? await ConsistencyAsync(client, hunts, tokens, callers, fifty) : ([], null);
        var overload = await Part(BenchOptions.Overload, () => new OverloadRuns(_runs, options, site, requests, timeProvider)
            .MeasureAsync((scenario, name) => PreparedAsync(hunts, scenario, $"{mark}-{name}")));
        var admission = await Part(
            BenchOptions.Admission, () => new AdmissionRuns(_runs, options).MeasureAsync(callers, site, requests, fifty, timeProvider));
        return new SystemResults(
            options.System, capacity, [.. latency, .. reads], curve, overload, bytes ?? [], cold)
        { NothingDecided = bytes is { Count: 0 }, Admission = admission, Duels = duels };

        async Task<List<MeasuredRun>> Part(string name, Func<Task<List<MeasuredRun>>> measure) =>
            options.Parts.Contains(name) ? await measure() : [];
    }

    // The set has just started when it is measured alone, not when two commits are measured in turn.
    private async Task<ColdStart?> WarmUpAsync(AdminApiClient client, ScenarioHunt hunts, CallerPool callers)
    {
        var run = await PreparedAsync(hunts, Scenarios.Fifty, $"{mark}-warm");
        report($"warming up for {options.FirstWarmUp.TotalSeconds} s");
        var claims = callers.ClosedAsync(Scenarios.Fifty, run, _runs.NextSeed(run), options.Callers, options.FirstWarmUp);
        var cold = IsOurs && options.Parts.Contains(BenchOptions.Cold)
            ? await ColdStart.MeasureAsync(client, claims, timeProvider) : null;
        if ((await claims).Claims.Count == 0)
        {
            throw new LoadException($"{options.System} answered no claim while it warmed up. The logs of its processes say why.");
        }

        if (cold is not null)
        {
            report(Markdown.Of(cold));
        }

        await callers.ClosedAsync(Scenarios.Sale, run, _runs.NextSeed(run), options.Callers, options.WarmUp);
        return cold;
    }

    // Only the engine has read models.
    private async Task<List<MeasuredRun>> ReplayAsync(AdminApiClient client, CallerPool callers, string run) =>
        IsEngine
            ? await new ReplayRuns(client, runFolder, report).RunAsync(
                options.Repeats,
                () => callers.ClosedAsync(Scenarios.Fifty, run, _runs.NextSeed(run), options.Callers, options.FirstWarmUp))
            : [];

    private async Task<(List<MeasuredRun> Reads, DuelResults Duels)> ConsistencyAsync(
        AdminApiClient client, ScenarioHunt hunts, TokenFactory tokens, CallerPool callers, string fifty)
    {
        using var runs = new ConsistencyRuns(client, settings.Url, tokens, timeProvider, report);
        var idle = await RepeatAsync(repeat => runs.ReadAsync(ConsistencyRuns.Idle, fifty, repeat, null));
        var duels = await runs.DuelAsync(await PreparedAsync(hunts, ConsistencyRuns.Duels, $"{mark}-duels"));
        var underLoad = await RepeatAsync(async repeat =>
        {
            var load = callers.OpenAsync(
                Scenarios.Fifty, fifty, _runs.NextSeed(fifty), options.Callers, 2 * options.Duration, ShopRate);
            var measured = await runs.ReadAsync(ConsistencyRuns.UnderLoad, fifty, repeat, load);
            await load;
            return measured;
        });
        return ([.. idle, .. underLoad], duels);
    }

    private async Task<Dictionary<string, double>> BytesAsync(CallerPool callers, string run)
    {
        var before = await TransferredBytes.ReadAsync();
        var tally = await callers.ClosedAsync(Scenarios.Fifty, run, _runs.NextSeed(run), options.Callers, options.Duration);
        var after = await TransferredBytes.ReadAsync();
        if (tally.Won + tally.Rejected == 0)
        {
            return [];
        }

        return before.Keys.ToDictionary(counter => counter, counter => (after[counter] - before[counter]) / (tally.Won + tally.Rejected));
    }

    private async Task<string> PreparedAsync(ScenarioHunt hunts, Scenario scenario, string run)
    {
        report($"preparing {scenario.Description}");
        await hunts.PrepareAsync(scenario, run, timeProvider.GetUtcNow());
        return run;
    }

    private async Task<List<MeasuredRun>> RepeatAsync(Func<int, Task<MeasuredRun>> measure)
    {
        var measured = new List<MeasuredRun>();
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            measured.Add(await measure(repeat));
        }

        return measured;
    }
}
