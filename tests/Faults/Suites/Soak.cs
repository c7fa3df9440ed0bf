using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Suites;

/// <summary>A constant load for a long time. Only resources that hold the hunt's data may grow.</summary>
internal sealed class Soak(HuntSet set, AdminApiClient admin, TokenFactory tokens, TimeProvider timeProvider, Action<string> print)
{
    /// <summary>Claims a second. Their callers wait for the outcome.</summary>
    private const double Rate = 1_000;

    private const int Callers = 2_000;

    private const int OutcomeWaitSeconds = 10;

    /// <summary>Share of the rate that must be decided in each minute. Growth would not show under less load.</summary>
    private const double MinDecidedShare = 0.5;

    /// <summary>Time until every player has claimed every treasure, caches are full and code is compiled.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Minutes with too little load, and processes that did not run.</summary>
    private readonly ConcurrentQueue<string> _problems = [];

    /// <summary>Warms up, samples for the given time, and prints the metrics and problems.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(TimeSpan duration, string? json, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var tokens = new TokenFactory(CliSettings.FromEnvironment(Environment.GetEnvironmentVariable).IssuerOf, time);
        using var admin = new AdminApiClient(ServerAddresses.Site, ServerAddresses.Operators, () => tokens.Admin(), time);
        var soak = new Soak(new HuntSet(ServerAddresses.Setting("HUNT_RUN_DIR")), admin, tokens, time, Console.WriteLine);
        var figures = await soak.Run(duration, cancellationToken);
        await JsonFile.WriteAsync(json, new { figures, complaints = soak._problems }, cancellationToken);
        foreach (var line in figures.Select(figure => figure.ToString()).Concat(soak._problems))
        {
            Console.WriteLine(line);
        }

        var held = figures.Count(figure => figure.Held);
        Console.WriteLine($"{held} held, {figures.Count - held} did not, {soak._problems.Count} problems");
        return figures.Count > 0 && held == figures.Count && soak._problems.IsEmpty ? 0 : 1;
    }

    /// <summary>Describes a minute with too few decisions or with a 5xx; null for a good minute.</summary>
    internal static string? ProblemOf(int minute, CallTally tally, TimeSpan duration)
    {
        var decided = (tally.Won + tally.Rejected) / duration.TotalSeconds;
        var failed = tally.Statuses.Where(status => status.Key >= 500).Sum(status => status.Value);
        return decided >= MinDecidedShare * Rate && failed == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"minute {minute}: {decided:N0} claims/s were decided, and must be {MinDecidedShare * Rate:N0}; "
                    + $"{failed} answers were 5xx, and none may be");
    }

    private async Task<IReadOnlyList<SoakMetric>> Run(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var broker = new Broker();
        await using var load = await BenchmarkLoad.Create(admin, tokens, timeProvider);
        print($"{Rate:N0} claims/s: {WarmUp.TotalMinutes:0} minutes of warm-up, then {duration.TotalMinutes:0} measured minutes");
        await RunLoad(load, WarmUp, "warm", isMeasured: false, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampler = new SoakSampler(set, broker, _problems);
        var sampling = sampler.Run(end.Token);
        await RunLoad(load, duration, "soak", isMeasured: true, cancellationToken);
        await end.CancelAsync();
        await sampling;
        var audit = $"/admin/audit?huntId={load.HuntId}";
        await Poll.Until(
            "the audit is clean",
            async () => await admin.TryGetAsync<AuditResponse>(audit, cancellationToken) is { Hunts: [{ Clean: true }] });
        return sampler.Metrics;
    }

    private async Task RunLoad(BenchmarkLoad load, TimeSpan duration, string phase, bool isMeasured, CancellationToken cancellationToken)
    {
        for (var minute = 1; minute <= duration.TotalMinutes && !cancellationToken.IsCancellationRequested; minute++)
        {
            var tally = await load.RunOpenLoop(Rate, Callers, Minute, OutcomeWaitSeconds);
            var statuses = string.Join(' ', tally.Statuses.Select(status => $"{status.Key}: {status.Value}"));
            print(string.Create(
                CultureInfo.InvariantCulture,
                $"{phase} {minute,3} min  {(tally.Won + tally.Rejected) / tally.Duration.TotalSeconds,6:N0} outcomes/s  "
                    + $"p50 {tally.Claims.P50,5:0} p99 {tally.Claims.P99,5:0} ms  {statuses}"));
            if (isMeasured && ProblemOf(minute, tally, tally.Duration) is { } problem)
            {
                _problems.Enqueue(problem);
            }
        }
    }
}
