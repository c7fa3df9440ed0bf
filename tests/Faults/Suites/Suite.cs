using Npgsql;
using TreasureHunt.Cli;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Suites;

/// <summary>Runs trials one after another on one set, each with a hunt of its own.</summary>
/// <param name="seed">Seed of the first trial's load; each later trial adds one.</param>
/// <param name="duration">Duration of faults with an adjustable duration; null for their default.</param>
internal sealed class Suite(int seed, bool isShort, TimeSpan? duration, TimeProvider timeProvider, Action<string> print)
{
    private readonly HuntSet _set = new(ServerAddresses.Setting("HUNT_RUN_DIR"));
    private readonly List<TrialResult> _results = [];

    /// <summary>False after a failed restore: a trial needs a set whose servers and hosts all run.</summary>
    private bool _isSetIntact = true;

    public async Task<IReadOnlyList<TrialResult>> Run(IReadOnlyList<Fault> faults, CancellationToken cancellationToken)
    {
        print($"{faults.Count} faults, seed {seed}");
        foreach (var (n, fault) in faults.Index().TakeWhile(_ => _isSetIntact))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunTrial(fault, seed + n, cancellationToken);
        }

        return _results;
    }

    /// <summary>Runs random combinations of faults for at least this long.</summary>
    public async Task<IReadOnlyList<TrialResult>> RunCombined(TimeSpan total, CancellationToken cancellationToken)
    {
        print($"random combinations of faults for {total.TotalMinutes} min, seed {seed}");
        var random = new Random(seed);
        var candidates = KnownFaults.All.Where(fault => fault.CanBeCombined).ToList();
        for (var start = timeProvider.GetTimestamp(); timeProvider.GetElapsedTime(start) < total && _isSetIntact
            && !cancellationToken.IsCancellationRequested;)
        {
            await RunTrial(CombinedFault.CombineAtRandom(candidates, random), seed + _results.Count, cancellationToken);
        }

        return _results;
    }

    private async Task RunTrial(Fault fault, int trialSeed, CancellationToken cancellationToken)
    {
        var tokens = new TokenFactory(CliSettings.FromEnvironment(Environment.GetEnvironmentVariable).IssuerOf, timeProvider);
        await using var postgres = NpgsqlDataSource.Create($"{ServerAddresses.Setting(ServerAddresses.Postgres)};Pooling=false");
        using var admin = new AdminApiClient(ServerAddresses.Site, ServerAddresses.Operators, () => tokens.Admin(), timeProvider);
        using var broker = new Broker();
        var hunt = await FaultHunt.Create(admin, timeProvider.GetUtcNow(), cancellationToken);
        var scenario = new FaultScenario(_set, broker, postgres, admin, tokens, timeProvider, isShort)
        {
            Hunt = hunt,
            Seed = trialSeed,
            Duration = duration,
        };
        var trial = new Trial(fault, trialSeed, scenario);
        var result = await RunAndRestore(trial, fault, scenario);
        _results.Add(result);
        print(result.ToString());
        if (!result.Passed)
        {
            var folder = Path.Combine(_set.Root, ".run", "faults-evidence", $"{fault.Number}-{fault.Name}-{trialSeed}");
            await trial.WriteEvidence(folder, result);
            print($"     evidence: {Path.GetRelativePath(_set.Root, folder)}");
        }
    }

    private async Task<TrialResult> RunAndRestore(Trial trial, Fault fault, FaultScenario scenario)
    {
        TrialResult result;
        var isHealed = false;
        try
        {
            result = await trial.Run();
            isHealed = true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            result = TrialResult.NotCompleted(fault, scenario.Seed, exception);
        }

        try
        {
            await Restore(fault, scenario, isHealed);
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _isSetIntact = false;
            var violation = new Violation(0, "restore", $"the set could not be restored, and the suite stops: {exception.Message}");
            return result with { Violations = [.. result.Violations, violation] };
        }
    }

    /// <param name="isHealed">Whether the trial has healed its fault.</param>
    private async Task Restore(Fault fault, FaultScenario scenario, bool isHealed)
    {
        if (!isHealed)
        {
            await _set.Unfreeze([.. HuntSet.Processes]);
            await _set.StartMissing();
        }

        await (fault.Restore?.Invoke(scenario) ?? Task.CompletedTask);
        foreach (var resource in scenario.Resources)
        {
            await resource.DisposeAsync();
        }
    }
}
