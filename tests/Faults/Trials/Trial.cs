using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>One fault under load: load, fault, heal, settle, check.</summary>
public sealed class Trial(Fault fault, int seed, FaultScenario scene)
{
    // For how long players call around a fault: nothing becomes true that could be waited for.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(60);

    /// <summary>The engine's own deadline for a failure is five seconds; a busy machine may come late to it.</summary>
    private static readonly TimeSpan Failing = TimeSpan.FromSeconds(8);

    private static readonly IReadOnlyList<string> Queues =
        [BusNames.Admin, BusNames.ClaimIntakeQueue, .. Enumerable.Range(0, ServerAddresses.Shards).Select(BusNames.Shard)];

    private static readonly string[] Hosts = ["api-1", "api-2", "commands-1", "commands-2", "projections"];

    private readonly CallHistory _history = new(scene.Time);

    public async Task<TrialResult> Run()
    {
        using var door = new RecordingClaimsClient(_history, scene.Tokens);
        scene.Client = door;
        var analytics = new AnalyticsTap();
        var crowd = new PlayerLoad(door, scene.Stage, seed, fault.Pauses);
        using var end = new CancellationTokenSource();
        await (fault.Prepare?.Invoke(scene) ?? Task.CompletedTask);
        var fired = "";
        TimeSpan since;
        var running = crowd.Run(end.Token);
        try
        {
            await Task.Delay(Before);
            fired = await fault.Fire(scene);
            since = _history.Now;
            await Task.Delay(scene.IsShort ? fault.ShortHolds ?? fault.Holds : fault.Holds);
            if (fault.Heal is { } heal)
            {
                await heal(scene);
                since = _history.Now;
            }

            await Task.Delay(After);
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }

        await crowd.Settle();
        var violations = await Check(analytics);
        var row = TrialResult.Of(fault, seed, fired, _history.Calls(), since, violations);
        return row with { Violations = [.. violations, .. scene.Found, .. Noticed(row)] };
    }

    /// <summary>Writes down what somebody needs who looks into a failure: every call, the hunt's log, what the processes said.</summary>
    public async Task Keep(string folder, TrialResult row)
    {
        Directory.CreateDirectory(folder);
        _history.Write(Path.Combine(folder, "history.ndjson"));
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "verdict.txt"), [row.ToString(), .. row.Violations.Select(violation => violation.ToString())]);
        await File.WriteAllLinesAsync(Path.Combine(folder, "log.txt"), (await Log()).Select(entry => entry.ToString()));
        foreach (var host in Hosts)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"{host}.log"), scene.Set.Log(host, 2000));
        }

        await File.WriteAllLinesAsync(
            Path.Combine(folder, "claims.txt"), row.Violations.Select(violation => violation.ClaimId).OfType<Guid>().Distinct().Select(
            claimId => $"{claimId}\n{string.Join('\n', _history.Calls().Where(call => call.ClaimId == claimId))}"));
    }

    private async Task<List<Violation>> Check(AnalyticsTap analytics)
    {
        var violations = new List<Violation>();
        try
        {
            await Until.True("every read model equals the log", async () =>
                await scene.Desk.TryGetAsync<AuditResponse>(
                    $"/admin/audit?huntId={scene.Stage.HuntId}", CancellationToken.None) is { Hunts: [{ Clean: true }] }, CatchingUp);
        }
        catch (TimeoutException)
        {
            var audit = await scene.Desk.TryGetAsync<AuditResponse>($"/admin/audit?huntId={scene.Stage.HuntId}", CancellationToken.None);
            violations.Add(
                new Violation(9, "cachesEqualLog", audit is null ? "no audit answers" : $"{audit.Hunts[0]}", null, scene.Stage.HuntId));
        }

        var log = await Log();
        var told = await analytics.Take(log.Count == 0 ? 0 : log[^1].Sequence, CatchingUp);
        var streams = log.Select(entry => entry.StreamKey).ToHashSet();
        var errors = new List<string>();
        foreach (var queue in Queues.SelectMany(queue => new[] { $"{queue}_error", $"{queue}_skipped" }))
        {
            errors.AddRange(await Broker.Take(queue));
        }

        violations.AddRange(Checker.Check(new Evidence
        {
            Calls = _history.Calls(),
            Log = log,
            Analytics = [.. told.Where(fact => streams.Contains(fact.Subject))],
            Malformed = [.. scene.Malformed],
            Doubtful = [.. scene.Doubtful],
            ErrorQueue = errors,
            Secrets = [.. ServerAddresses.PrivateKeys, scene.Stage.Proof],
            Output = [.. Hosts.SelectMany(host => scene.Set.Log(host, 500))],
            Deadline = RecordingClaimsClient.Deadline,
            ReadDeadline = RecordingClaimsClient.ReadDeadline,
            MarksLost = fault.LosesMarks,
        }));
        return violations;
    }

    private async Task<List<FeedEvent>> Log()
    {
        var log = new List<FeedEvent>();
        await new EventFeedClient(scene.Desk, scene.Time).ReadAsync(scene.Stage.HuntId, log.Add, CancellationToken.None);
        return log;
    }

    private IEnumerable<Violation> Noticed(TrialResult row)
    {
        if (!_history.Calls().Any(call => call.Outcome is not null))
        {
            yield return new Violation(0, "idle", "no call was told an outcome: nothing was tried", null, null);
        }

        if (fault.Unnoticed && _history.Calls().FirstOrDefault(TrialResult.IsVague) is { } call)
        {
            yield return new Violation(13, "unnoticed", $"a call failed: {call}", call.ClaimId, call.Resource);
        }

        if (fault.ReadsGoOn
            && _history.Calls().FirstOrDefault(
                call => call.Kind is CallKind.Hunt or CallKind.Treasure && TrialResult.IsVague(call)) is { } unread)
        {
            yield return new Violation(13, "readFailed", $"a read failed: {unread}", null, unread.Resource);
        }

        // A run in which nothing was decided has tried nothing.
        if (!_history.Calls().Any(call => call.TellsOutcome))
        {
            yield return new Violation(0, "noLoad", "no call was told an outcome", null, null);
        }

        if (fault.Noticed && !_history.Calls().Any(TrialResult.IsVague))
        {
            yield return new Violation(0, "notFired", "no call noticed the fault", null, null);
        }

        if (_history.Calls().FirstOrDefault(call => call.Status >= 500 && call.Ended - call.Invoked > Failing) is { } late)
        {
            yield return new Violation(
                12, "failsLate", $"a failure took {(late.Ended - late.Invoked).TotalSeconds:0.0} s to be told: {late}", late.ClaimId,
                late.Resource);
        }

        if (row.RecoverySeconds > fault.Recovers.TotalSeconds)
        {
            yield return new Violation(
                13, "recovery", $"took {row.RecoverySeconds} s, {fault.Recovers.TotalSeconds} at the most", null, null);
        }
    }
}
