using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>One hunt with treasures in it: some that sell out soon, and one that lasts.</summary>
/// <param name="Treasures">Ids; the last one has plenty.</param>
/// <param name="Proof">The code that the third one asks for. It must be told to nobody.</param>
public sealed record FaultHunt(string HuntId, IReadOnlyList<string> Treasures, string Proof)
{
    private const int Few = 40;
    private const int Restocked = 10;
    private const int Plenty = 1_000_000;

    /// <summary>A treasure that no player claims: only the fault itself changes it.</summary>
    public string Aside => $"{HuntId}-aside";

    /// <summary>Units that it has before the fault.</summary>
    public const int StockAside = Few;

    /// <summary>The proof that a treasure asks for; null when it asks for none.</summary>
    public string? ProofOf(string treasureId) => treasureId == Treasures[2] ? Proof : null;

    /// <summary>The queue, and the exchange of the same name, of the treasure that lasts.</summary>
    public string Queue => BusNames.Shard(Ids.ShardOf(Treasures[^1], ServerAddresses.Shards));

    /// <summary>Makes a hunt that is open, and waits until all of its treasures can be read.</summary>
    public static async Task<FaultHunt> Prepare(AdminApiClient desk, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = $"f{Ids.FreshSlug()}";
        await desk.CommandAsync(
            "/v1/hunts", $"{id}-draft",
            new { huntId = id, name = "A hunt under fire", opensAt = now.AddMinutes(-1), closesAt = now.AddHours(4) }, cancellationToken);
        await desk.CommandAsync($"/v1/hunts/{id}/open", $"{id}-open", null, cancellationToken);
        var stage = new FaultHunt(id, [.. Enumerable.Range(1, 4).Select(n => $"{id}-{n}")], $"proof-{Ids.FreshSlug()}");
        foreach (var treasureId in stage.Treasures.Append(stage.Aside))
        {
            var stock = treasureId == stage.Treasures[^1] ? Plenty : Few;
            await desk.CommandAsync(
                $"/v1/hunts/{id}/treasures", treasureId,
                new { treasureId, name = "Golden goose", stock, perPlayer = 2, proof = stage.ProofOf(treasureId) }, cancellationToken);
        }

        await Restock(desk, stage.Treasures[1], Restocked, cancellationToken);
        foreach (var treasureId in stage.Treasures)
        {
            await Shows(desk, treasureId, shown => shown.Status == "available");
        }

        await Shows(desk, stage.Treasures[1], shown => shown.Stock == Few + Restocked);
        return stage;
    }

    /// <summary>Adds units to a treasure. Ends when the command is recorded.</summary>
    public static Task Restock(AdminApiClient desk, string treasureId, int units, CancellationToken cancellationToken = default) =>
        desk.CommandAsync(
            $"/v1/treasures/{treasureId}/restock", $"{treasureId}-restock-{Ids.FreshSlug()}", new { units }, cancellationToken);

    /// <summary>Waits until readers are shown a treasure as it must be.</summary>
    public static Task Shows(
        AdminApiClient desk, string treasureId, Func<TreasureSummary, bool> isSo) => Until.True($"readers see {treasureId}", async () =>
        await desk.TryGetAsync<TreasureSummary>($"/v1/treasures/{treasureId}", CancellationToken.None) is { } shown && isSo(shown));
}
