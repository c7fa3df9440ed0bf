using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.Load;

namespace TreasureHunt.Faults.Suites;

/// <summary>The same load for a long time: nothing may grow that does not hold the hunt's own data.</summary>
internal sealed class Soak(HuntSet set, AdminApiClient desk, Tokens tokens, TimeProvider timeProvider, Action<string> say)
{
    /// <summary>Claims a second; their callers wait for the outcome.</summary>
    private const double Rate = 1_000;

    private const int Callers = 2_000;

    private const int Wait = 10;

    /// <summary>How much more there may be in the last quarter than in the first, at the least, beside <see cref="Slack"/>.</summary>
    private const double Growth = 1.1;

    /// <summary>Until every player has claimed every treasure, caches are filled and code is compiled.</summary>
    private static readonly TimeSpan WarmingUp = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A process does not tell when it grows: it is looked at now and then.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    /// <summary>What of each kind comes and goes with the load.</summary>
    private static readonly Dictionary<string, double> Slack =
        new() { ["MiB"] = 16, ["handles"] = 20, ["sockets"] = 20, ["messages"] = 200 };

    /// <summary>
    /// Told, and may grow: memory that holds what was claimed, and files that PostgreSQL keeps open when one of its processes has touched
    /// them once, at most all files of its tables and indexes for each of them (its background writer alone has 290).
    /// </summary>
    private static readonly string[] MayGrow =
        ["postgres MiB", "postgres handles", "redis-read-models-1 MiB", "redis-read-models-2 MiB", "redis-read-models-3 MiB", "memcached MiB"];

    /// <summary>Share of the rate that must be decided in each minute: on less load nothing shows.</summary>
    private const double Decided = 0.5;

    private readonly SortedDictionary<string, List<double>> _series = new(StringComparer.Ordinal);

    /// <summary>Why the load was none, or what did not run.</summary>
    private readonly ConcurrentQueue<string> _complaints = [];

    /// <summary>Warms up, watches for so long, and tells what grew.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(TimeSpan span, string? json, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var tokens = new Tokens(CliSettings.Read(Environment.GetEnvironmentVariable), time);
        using var desk = new AdminApiClient(ServerAddresses.Site, ServerAddresses.Operators, () => tokens.Admin(), time);
        var soak = new Soak(new HuntSet(ServerAddresses.Setting("HUNT_RUN_DIR")), desk, tokens, time, Console.WriteLine);
        var figures = await soak.Run(span, cancellationToken);
        await JsonFile.WriteAsync(json, new { figures, complaints = soak._complaints }, cancellationToken);
        foreach (var figure in figures)
        {
            Console.WriteLine(figure);
        }

        foreach (var complaint in soak._complaints)
        {
            Console.WriteLine(complaint);
        }

        Console.WriteLine(
            $"{figures.Count(figure => figure.Held)} held, {figures.Count(figure => !figure.Held)} did not, {soak._complaints.Count} complaints");
        return figures.Count > 0 && figures.All(figure => figure.Held) && soak._complaints.IsEmpty ? 0 : 1;
    }

    /// <summary>Why a minute was no load; null when it was.</summary>
    internal static string? ComplaintOf(int minute, CallTally told, TimeSpan duration)
    {
        var decided = (told.Won + told.Rejected) / duration.TotalSeconds;
        var broken = told.Statuses.Where(status => status.Key >= 500).Sum(status => status.Value);
        return decided >= Decided * Rate && broken == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"minute {minute}: {decided:N0} claims/s were decided, and must be {Decided * Rate:N0}; {broken} answers were 5xx, and none may be");
    }

    private async Task<IReadOnlyList<Steady>> Run(TimeSpan span, CancellationToken cancellationToken)
    {
        using var broker = new Broker();
        await using var rush = await Rush.Prepare(desk, tokens, timeProvider);
        say($"{Rate:N0} claims/s: {WarmingUp.TotalMinutes:0} minutes to warm up, then {span.TotalMinutes:0}");
        await Load(rush, WarmingUp, "warm", isJudged: false, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = Watch(broker, end.Token);
        await Load(rush, span, "soak", isJudged: true, cancellationToken);
        await end.CancelAsync();
        await watching;
        await Until.True("the audit is clean", async () =>
            await desk.TryGetAsync<AuditResponse>($"/admin/audit?huntId={rush.HuntId}", cancellationToken) is { Hunts: [{ Clean: true }] });
        return [.. _series.Select(
            series => Steady.Of(series.Key, series.Value, Growth, Slack[series.Key.Split(' ')[1]], mayGrow: MayGrow.Contains(series.Key)))];
    }

    private async Task Load(Rush rush, TimeSpan span, string what, bool isJudged, CancellationToken cancellationToken)
    {
        for (var minute = 1; minute <= span.TotalMinutes && !cancellationToken.IsCancellationRequested; minute++)
        {
            var told = await rush.At(Rate, Callers, Minute, Wait);
            say(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} {minute,3} min  {(told.Won + told.Rejected) / told.Duration.TotalSeconds,6:N0} outcomes/s  p50 {told.Claims.P50,5:0} p99 {told.Claims.P99,5:0} ms  {string.Join(' ', told.Statuses.Select(status => $"{status.Key}: {status.Value}"))}"));
            if (isJudged && ComplaintOf(minute, told, told.Duration) is { } complaint)
            {
                _complaints.Enqueue(complaint);
            }
        }
    }

    private async Task Watch(Broker broker, CancellationToken end)
    {
        for (; !end.IsCancellationRequested; await Task.Delay(BetweenLooks, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var process in HuntSet.Processes)
            {
                // A process that is gone holds nothing, which is no figure.
                var vitals = set.Runs(process) ? ProcessMetrics.Of(set.Pid(process)) : ProcessMetrics.None;
                if (vitals.Bytes == 0)
                {
                    _complaints.Enqueue($"{process} did not run when it was looked at");
                }

                Note($"{process} MiB", vitals.Bytes / 1048576.0);
                Note($"{process} handles", vitals.Handles);
                Note($"{process} sockets", vitals.Sockets);
            }

            Note("queues messages", await broker.Waiting());
        }
    }

    private void Note(string what, double value)
    {
        if (!_series.TryGetValue(what, out var series))
        {
            _series[what] = series = [];
        }

        series.Add(value);
    }
}
