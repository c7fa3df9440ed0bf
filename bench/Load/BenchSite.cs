using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Load;

/// <summary>The door of the system that is measured, for what has to be there before.</summary>
public sealed class BenchSite(AdminApiClient desk)
{
    /// <summary>Commands under way at once.</summary>
    private const int AtOnce = 64;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens a hunt with the scenario's treasures, named run-0, run-1 and so on, and waits until they can be read.</summary>
    public async Task PrepareAsync(Scenario scenario, string run, DateTimeOffset now)
    {
        await CommandAsync(
            "/v1/hunts", run, new { huntId = run, name = scenario.What, opensAt = now.AddHours(-1), closesAt = now.AddHours(12) });
        await Parallel.ForAsync(0, scenario.Treasures, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
            await CommandAsync(
                $"/v1/hunts/{run}/treasures", $"{run}-{n}",
                new { treasureId = $"{run}-{n}", name = scenario.What, stock = scenario.Stock, perPlayer = 1_000 }));
        await CommandAsync($"/v1/hunts/{run}/open", $"{run}-open", null);
        foreach (var treasure in Enumerable.Range(0, scenario.Treasures).Where(n => n % 100 == 0 || n == scenario.Treasures - 1))
        {
            await ReadableAsync($"{run}-{treasure}");
        }
    }

    private Task CommandAsync(string path, string key, object? body) => desk.CommandAsync(path, key, body, CancellationToken.None);

    private async Task ReadableAsync(string treasureId)
    {
        for (var look = 0; look < 100; look++)
        {
            // Peers do not say how a treasure is: theirs are never hidden.
            if (await desk.TryGetAsync<ClaimStatus>($"/v1/treasures/{treasureId}", CancellationToken.None) is { Status: not "hidden" })
            {
                return;
            }

            // Nobody tells when a read model has caught up.
            await Task.Delay(BetweenLooks);
        }

        throw new InvalidOperationException($"The treasure {treasureId} cannot be read 10 s after it was hidden.");
    }

    private sealed record ClaimStatus(string? Status);
}
