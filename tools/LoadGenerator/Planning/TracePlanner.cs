namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>
/// Makes a plan from a trace. A trace has claims and no treasures. So a treasure gets the requested stock, or half as many units as it has
/// different claims. It requires a proof when at least half of its claims have one; the most frequent one is the right one.
/// </summary>
public static class TracePlanner
{
    public static Plan Make(IReadOnlyList<TraceLine> trace, int? stock, double speed)
    {
        var players = trace.Select(line => line.Player).Distinct().ToList();
        var playerIndex = Index(players);
        var byTreasure = trace.GroupBy(line => line.Treasure).ToList();
        var treasureIndex = Index(byTreasure.Select(group => group.Key));
        return new Plan(
            players,
            [.. byTreasure.Select(group => Treasure(group.Key, [.. group], stock))],
            PlayerLimit: null,
            [.. trace.Select(line => new PlannedClaim(
                playerIndex[line.Player], treasureIndex[line.Treasure], line.Key, line.Proof, line.OffsetMs / speed))],
            LateClaims: []);
    }

    private static Dictionary<string, int> Index(IEnumerable<string> names) =>
        names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => pair.index);

    private static PlannedTreasure Treasure(string slug, IReadOnlyList<TraceLine> claims, int? stock)
    {
        var different = claims.DistinctBy(line => (line.Player, line.Key)).Count();
        var proofs = claims.Where(line => line.Proof is not null).ToList();
        var right = proofs.Count * 2 < claims.Count
            ? null
            : proofs.GroupBy(line => line.Proof).OrderByDescending(group => group.Count()).First().Key;
        return new PlannedTreasure(slug, slug, stock ?? Math.Max(1, different / 2), PerPlayer: 1, right, Clues: []);
    }
}
