using TreasureHunt.Contracts.Commands;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Creates the hunts of a scenario in the measured system.</summary>
public sealed class ScenarioHunt(AdminApiClient client)
{
    private const int MaxConcurrentCommands = 64;
    private const int MaxPolls = 100;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Opens hunts with the scenario's treasures, named run-0, run-1 and so on, and waits until they can be read. The first hunt has the
    /// name of the run.
    /// </summary>
    public async Task PrepareAsync(Scenario scenario, string run, DateTimeOffset now)
    {
        foreach (var treasures in Enumerable.Range(0, scenario.Treasures).Chunk(AdminCommandRules.MaxTreasures))
        {
            await OpenAsync(treasures[0] == 0 ? run : $"{run}-from-{treasures[0]}", treasures, scenario, run, now);
        }

        foreach (var treasure in Enumerable.Range(0, scenario.Treasures).Where(n => n % 100 == 0 || n == scenario.Treasures - 1))
        {
            await WaitUntilReadableAsync($"{run}-{treasure}");
        }
    }

    private async Task OpenAsync(string huntId, int[] treasures, Scenario scenario, string run, DateTimeOffset now)
    {
        await CommandAsync(
            "/v1/hunts", huntId, new { huntId, name = scenario.Description, opensAt = now.AddHours(-1), closesAt = now.AddHours(12) });
        await Parallel.ForEachAsync(
            treasures, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentCommands }, async (n, _) =>
            await CommandAsync(
                $"/v1/hunts/{huntId}/treasures", $"{run}-{n}",
                new { treasureId = $"{run}-{n}", name = scenario.Description, stock = scenario.Stock, perPlayer = 1_000 }));
        await CommandAsync($"/v1/hunts/{huntId}/open", $"{huntId}-open", null);
    }

    private Task CommandAsync(string path, string key, object? body) => client.CommandAsync(path, key, body, CancellationToken.None);

    private async Task WaitUntilReadableAsync(string treasureId)
    {
        for (var poll = 0; poll < MaxPolls; poll++)
        {
            // Other systems return no status: their treasures are never hidden.
            if (await client.TryGetAsync<ClaimStatus>($"/v1/treasures/{treasureId}", CancellationToken.None) is { Status: not "hidden" })
            {
                return;
            }

            await Task.Delay(PollInterval);
        }

        throw new LoadException(
            $"The treasure {treasureId} cannot be read {MaxPolls * PollInterval.TotalSeconds:0} s after it was created.");
    }

    private sealed record ClaimStatus(string? Status);
}
