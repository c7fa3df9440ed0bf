namespace TreasureHunt.Cli.Demo;

/// <summary>
/// Chooses the stock from the claims that will come: each treasure gets a moment at which it shall sell out, and as many
/// units as would have been won by then. So treasures of all sizes sell out all through the storm, and yet most claims
/// find their treasure on the shelf and must be decided, not turned away at the door.
/// </summary>
public static class Stock
{
    public static int[] Choose(
        List<PlannedClaim> storm,
        IReadOnlyList<PlannedTreasure> treasures,
        int playerLimit,
        Popularity popularity,
        Random random)
    {
        var soldOutAt = SoldOutAt(storm.Count, popularity, random);
        var sold = new int[treasures.Count];
        var lastSale = new int[treasures.Count];
        var seen = new HashSet<(int, int, string)>();
        var winsByTreasure = new Dictionary<(int, int), int>();
        var wins = new Dictionary<int, int>();
        for (var i = 0; i < storm.Count; i++)
        {
            var claim = storm[i];
            var treasure = treasures[claim.Treasure];
            var here = winsByTreasure.GetValueOrDefault((claim.Player, claim.Treasure));
            var anywhere = wins.GetValueOrDefault(claim.Player);
            if (i >= soldOutAt[claim.Treasure] || !seen.Add((claim.Player, claim.Treasure, claim.Key)))
            {
                continue;
            }

            if (here >= treasure.PerPlayer || anywhere >= playerLimit || (treasure.Proof is not null && claim.Proof != treasure.Proof))
            {
                continue;
            }

            sold[claim.Treasure]++;
            lastSale[claim.Treasure] = i;
            winsByTreasure[(claim.Player, claim.Treasure)] = here + 1;
            wins[claim.Player] = anywhere + 1;
        }

        return [.. sold.Select((units, treasure) => Units(units, lastSale[treasure], soldOutAt[treasure], random))];
    }

    /// <summary>The place in the storm by which each treasure shall be gone.</summary>
    private static double[] SoldOutAt(int claims, Popularity popularity, Random random)
    {
        var byRank = popularity.TreasureByRank;
        var soldOutAt = new double[byRank.Count];
        for (var rank = 0; rank < byRank.Count; rank++)
        {
            var scarce = rank >= 0.7 * byRank.Count;
            soldOutAt[byRank[rank]] = (scarce, rank % 3) switch
            {
                (true, 0) => 0, // One unit, gone at once.
                (true, _) => claims * (0.02 + 0.3 * random.NextDouble()),
                (false, 0) => double.PositiveInfinity,
                _ => claims * (0.65 + 0.33 * random.NextDouble()),
            };
        }

        return soldOutAt;
    }

    /// <summary>
    /// One unit where nothing was to be sold. Some to spare where the shelf shall not run empty, and where everybody had
    /// what they may have long before it should: the last unit would go too early.
    /// </summary>
    private static int Units(int sold, int lastSale, double soldOutAt, Random random) =>
        double.IsPositiveInfinity(soldOutAt) || lastSale < soldOutAt / 2 ? sold + sold / 2 + random.Next(1, 100) : Math.Max(1, sold);
}
