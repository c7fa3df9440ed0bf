using Npgsql;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Suites;

/// <summary>Trials one after the other on one set, each with a hunt of its own.</summary>
/// <param name="seed">Of the load; each trial adds its place.</param>
/// <param name="length">For how long faults go on that take a length; null for their own.</param>
internal sealed class Suite(int seed, bool isShort, TimeSpan? length, TimeProvider timeProvider, Action<string> say)
{
    private readonly HuntSet _set = new(ServerAddresses.Setting("HUNT_RUN_DIR"));
    private readonly List<TrialResult> _rows = [];

    /// <summary>Nothing can be tried on a set that is not whole.</summary>
    private bool _whole = true;

    public async Task<IReadOnlyList<TrialResult>> Run(IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        say($"{faults.Count} faults, seed {seed}");
        foreach (var (n, fault) in faults.Index().TakeWhile(_ => _whole))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Try(fault, seed + n, cancellationToken);
        }

        return _rows;
    }

    /// <summary>Faults composed at random until the time is up.</summary>
    public async Task<IReadOnlyList<TrialResult>> Compose(TimeSpan span, CancellationToken cancellationToken)
    {
        say($"faults at random for {span.TotalMinutes} min, seed {seed}");
        var dice = new Random(seed);
        // Those that lead hosts through relays need them started anew first; the others may strike at any time.
        var among = KnownFaults.All.Where(fault => fault.MayBeComposed).ToList();
        for (var since = timeProvider.GetTimestamp(); timeProvider.GetElapsedTime(since) < span && _whole
            && !cancellationToken.IsCancellationRequested;)
        {
            await Try(Composed.Of(among, dice), seed + _rows.Count, cancellationToken);
        }

        return _rows;
    }

    private async Task Try(Fault fault, int trialSeed, CancellationToken cancellationToken)
    {
        var tokens = new Tokens(CliSettings.Read(Environment.GetEnvironmentVariable), timeProvider);
        await using var postgres = NpgsqlDataSource.Create($"{ServerAddresses.Setting(ServerAddresses.Postgres)};Pooling=false");
        using var desk = new AdminApiClient(ServerAddresses.Site, ServerAddresses.Operators, () => tokens.Admin(), timeProvider);
        using var broker = new Broker();
        var stage = await FaultHunt.Prepare(desk, timeProvider.GetUtcNow(), cancellationToken);
        var scene = new FaultScenario(
            _set, broker, postgres, desk, tokens, timeProvider, isShort)
        { Stage = stage, Seed = trialSeed, Length = length };
        var trial = new Trial(fault, trialSeed, scene);
        TrialResult row;
        var ended = false;
        try
        {
            row = await trial.Run();
            ended = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            row = TrialResult.NotFired(fault, trialSeed, exception);
        }

        try
        {
            await PutRight(fault, scene, ended);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _whole = false;
            row = row with
            {
                Violations = [
                .. row.Violations,
                new Violation(0, "putRight", $"the set is not whole again, and no other fault is tried: {exception.Message}")]
            };
        }

        _rows.Add(row);
        say(row.ToString());
        if (!row.Passed)
        {
            var folder = Path.Combine(_set.Root, ".run", "faults-evidence", $"{fault.Number}-{fault.Name}-{trialSeed}");
            await trial.Keep(folder, row);
            say($"     the evidence is in {Path.GetRelativePath(_set.Root, folder)}");
        }
    }

    /// <param name="ended">Whether the trial has healed what it broke.</param>
    private async Task PutRight(Fault fault, FaultScenario scene, bool ended)
    {
        if (!ended)
        {
            await _set.Thaw([.. HuntSet.Processes]);
            await _set.Heal();
        }

        await (fault.Restore?.Invoke(scene) ?? Task.CompletedTask);
        foreach (var kept in scene.Kept)
        {
            await kept.DisposeAsync();
        }
    }
}
