using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>One hunt with treasures in it: some that sell out soon, and one that lasts.</summary>
/// <param name="Treasures">Ids; the last one has plenty.</param>
public sealed record Stage(string HuntId, IReadOnlyList<string> Treasures)
{
    private const int Few = 40;
    private const int Plenty = 1_000_000;

    /// <summary>The queue, and the exchange of the same name, of the treasure that lasts.</summary>
    public string Queue => BusNames.Shard(Ids.ShardOf(Treasures[^1], Places.Shards));

    /// <summary>Makes a hunt that is open, and waits until all of its treasures can be read.</summary>
    public static async Task<Stage> Prepare(AdminDesk desk, DateTimeOffset now, CancellationToken cancellation)
    {
        var id = $"f{Ids.FreshSlug()}";
        await desk.CommandAsync("/v1/hunts", $"{id}-draft", new { huntId = id, name = "A hunt under fire", opensAt = now.AddMinutes(-1), closesAt = now.AddHours(4) }, cancellation);
        await desk.CommandAsync($"/v1/hunts/{id}/open", $"{id}-open", null, cancellation);
        var stage = new Stage(id, [.. Enumerable.Range(1, 4).Select(n => $"{id}-{n}")]);
        foreach (var treasure in stage.Treasures)
        {
            var stock = treasure == stage.Treasures[^1] ? Plenty : Few;
            await desk.CommandAsync($"/v1/hunts/{id}/treasures", treasure, new { treasureId = treasure, name = "Golden goose", stock, perPlayer = 2 }, cancellation);
        }

        foreach (var treasure in stage.Treasures)
        {
            await Until.True($"{treasure} can be read", async () =>
                await desk.TryGetAsync<TreasureShown>($"/v1/treasures/{treasure}", cancellation) is { Status: "available" });
        }

        return stage;
    }
}
