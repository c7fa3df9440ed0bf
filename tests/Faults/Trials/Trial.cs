using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Load;

namespace TreasureHunt.Faults.Trials;

/// <summary>Runs one fault under load, heals it, waits until all claims are decided, and checks the promises.</summary>
public sealed class Trial(Fault fault, int seed, FaultScenario scenario)
{
    /// <summary>Time under load before the fault.</summary>
    private static readonly TimeSpan LoadBeforeFault = TimeSpan.FromSeconds(2);

    /// <summary>Time under load after the healing.</summary>
    private static readonly TimeSpan LoadAfterFault = TimeSpan.FromSeconds(4);

    private readonly CallHistory _history = new(scenario.TimeProvider);

    public async Task<TrialResult> Run()
    {
        using var client = new RecordingClaimsClient(_history, scenario.Tokens);
        scenario.Client = client;
        var analytics = new AnalyticsStreamReader();
        var players = new PlayerLoad(client, scenario.Hunt, seed, fault.PauseFactor);
        await (fault.Prepare?.Invoke(scenario) ?? Task.CompletedTask);
        var (observation, since) = await RunUnderLoad(players);
        await players.Settle();
        var violations = await new EvidenceCheck(fault, scenario, _history).Run(analytics);
        var result = TrialResult.Of(fault, seed, observation, _history.Calls(), since, violations);
        return result with
        {
            Violations = [.. violations, .. scenario.Violations, .. CallCheck.FindViolations(fault, _history.Calls(), result)],
        };
    }

    /// <summary>Writes the calls, the hunt's events, the violations and the logs of the hosts.</summary>
    public Task WriteEvidence(string folder, TrialResult result) => EvidenceFiles.Write(folder, result, scenario, _history);

    /// <returns>The observed effect, and the time from which recovery counts.</returns>
    private async Task<(string Observation, TimeSpan Since)> RunUnderLoad(PlayerLoad players)
    {
        using var end = new CancellationTokenSource();
        var running = players.Run(end.Token);
        try
        {
            await Task.Delay(LoadBeforeFault);
            var observation = await fault.Inject(scenario);
            var since = _history.Now;
            await Task.Delay(scenario.IsShort ? fault.ShortDuration ?? fault.Duration : fault.Duration);
            if (fault.Heal is { } heal)
            {
                await heal(scenario);
                since = _history.Now;
            }

            await Task.Delay(LoadAfterFault);
            return (observation, since);
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }
}
