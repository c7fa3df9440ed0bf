using System.Globalization;
using TreasureHunt.Cli.Replays;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>Measures replays of the read models that get an event for each claim, over all events of the set.</summary>
/// <param name="runFolder">The folder of the set, whose processes are measured.</param>
internal sealed class ReplayRuns(AdminApiClient client, string runFolder, Action<string> report)
{
    /// <summary>A replay of fewer events measures its start and its end.</summary>
    private const long MinEvents = 200_000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public static readonly IReadOnlyList<string> ReadModels = [ReadModelNames.Claims, ReadModelNames.Treasures, ReadModelNames.Leaderboard];

    /// <summary>The name of the measurement in the results.</summary>
    public static string NameOf(string readModel) => $"replay-{readModel}";

    /// <param name="claimAsync">Sends claims for some seconds.</param>
    public async Task<List<MeasuredRun>> RunAsync(int repeats, Func<Task> claimAsync)
    {
        while (!await IsReadyAsync())
        {
            await claimAsync();
        }

        var runs = new List<MeasuredRun>();
        foreach (var readModel in ReadModels)
        {
            for (var repeat = 1; repeat <= repeats; repeat++)
            {
                runs.Add(await ReplayAsync(readModel, repeat));
            }
        }

        return runs;
    }

    // Waits for the read models: a live subscription that catches up would share the processors with the replay.
    private async Task<bool> IsReadyAsync()
    {
        while (true)
        {
            var lag = await client.GetAsync<LagResponse>("/admin/lag", CancellationToken.None);
            if (lag.CaughtUp)
            {
                return lag.Head >= MinEvents;
            }

            await Task.Delay(PollInterval);
        }
    }

    private async Task<MeasuredRun> ReplayAsync(string readModel, int repeat)
    {
        var before = Machine.ReadUse(runFolder);
        var replay = await client.PostOnceAsync<ReplayStatus>(
            "/admin/replays", new StartReplayRequest(readModel, DryRun: true, Compare: false, Rollback: false), CancellationToken.None);
        while (replay.FinishedAt is null)
        {
            await Task.Delay(PollInterval);
            replay = await client.GetAsync<ReplayStatus>($"/admin/replays/{replay.Id}", CancellationToken.None);
        }

        if (replay.Failure(comparison: true) is { } failure || replay.State != "done")
        {
            throw new LoadException($"The replay of {readModel} is {replay.State}: {replay.Error}");
        }

        var after = Machine.ReadUse(runFolder);
        var run = new MeasuredRun(
            NameOf(readModel), null, replay.Seconds, 0, replay.Events / replay.Seconds, 0, new Dictionary<string, long>(),
            LatencySummary.None, LatencySummary.None, LatencySummary.None,
            after.ToDictionary(process => process.Key, process => PerEvent(process.Key, process.Value)));
        report(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Scenario,-18} {repeat} {replay.Events:N0} events {run.Answers,7:N0}/s cpu {run.CpuPerAnswer.Values.Sum(),6:N1} µs"));
        return run;

        double PerEvent(string process, ProcessUse use)
        {
            var used = use - before.GetValueOrDefault(process);
            return (used.User + used.Kernel) / replay.Events;
        }
    }
}
