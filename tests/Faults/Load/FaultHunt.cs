using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Faults.Load;

/// <summary>The hunt of a trial: three treasures that sell out soon, and one with a large stock.</summary>
/// <param name="TreasureIds">Treasures that players claim. The last one has the large stock.</param>
/// <param name="Proof">The proof of the third treasure. No answer and no log may contain it.</param>
public sealed record FaultHunt(string HuntId, IReadOnlyList<string> TreasureIds, string Proof)
{
    /// <summary>Units of <see cref="UnclaimedTreasure"/> before the fault.</summary>
    public const int UnclaimedStock = SmallStock;

    private const int SmallStock = 40;
    private const int RestockedUnits = 10;
    private const int LargeStock = 1_000_000;

    /// <summary>A treasure that no player claims. Only a fault changes it.</summary>
    public string UnclaimedTreasure => $"{HuntId}-aside";

    /// <summary>The queue, and the exchange of the same name, of the treasure with the large stock.</summary>
    public string Queue => BusNames.Shard(Ids.ShardOf(TreasureIds[^1], ServerAddresses.ShardCount));

    /// <returns>Null when the treasure requires no proof.</returns>
    public string? ProofOf(string treasureId) => treasureId == TreasureIds[2] ? Proof : null;

    /// <summary>Creates and opens a hunt, and waits until readers see its treasures.</summary>
    public static async Task<FaultHunt> Create(AdminApiClient admin, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = $"f{Ids.FreshSlug()}";
        await admin.CommandAsync(
            "/v1/hunts", $"{id}-draft",
            new { huntId = id, name = "A hunt under fire", opensAt = now.AddMinutes(-1), closesAt = now.AddHours(4) }, cancellationToken);
        await admin.CommandAsync($"/v1/hunts/{id}/open", $"{id}-open", null, cancellationToken);
        var hunt = new FaultHunt(id, [.. Enumerable.Range(1, 4).Select(n => $"{id}-{n}")], $"proof-{Ids.FreshSlug()}");
        foreach (var treasureId in hunt.TreasureIds.Append(hunt.UnclaimedTreasure))
        {
            var stock = treasureId == hunt.TreasureIds[^1] ? LargeStock : SmallStock;
            await admin.CommandAsync(
                $"/v1/hunts/{id}/treasures", treasureId,
                new { treasureId, name = "Golden goose", stock, perPlayer = 2, proof = hunt.ProofOf(treasureId) }, cancellationToken);
        }

        await Restock(admin, hunt.TreasureIds[1], RestockedUnits, cancellationToken);
        foreach (var treasureId in hunt.TreasureIds)
        {
            await UntilReadable(admin, treasureId, view => view.Status == "available");
        }

        await UntilReadable(admin, hunt.TreasureIds[1], view => view.Stock == SmallStock + RestockedUnits);
        return hunt;
    }

    /// <summary>Adds units to a treasure. Ends when the command is recorded.</summary>
    public static Task Restock(AdminApiClient admin, string treasureId, int units, CancellationToken cancellationToken = default) =>
        admin.CommandAsync(
            $"/v1/treasures/{treasureId}/restock", $"{treasureId}-restock-{Ids.FreshSlug()}", new { units }, cancellationToken);

    /// <summary>Waits until the read model of a treasure fulfils a condition.</summary>
    public static Task UntilReadable(AdminApiClient admin, string treasureId, Func<TreasureSummary, bool> condition) => Poll.Until(
        $"readers see the expected state of {treasureId}",
        async () => await admin.TryGetAsync<TreasureSummary>($"/v1/treasures/{treasureId}", CancellationToken.None) is { } view
            && condition(view));
}
