namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>
/// Chooses the stock from the planned claims: each treasure gets a position in the claims at which it sells out, and as many units as are
/// won up to there. So treasures sell out all through the run, and yet most claims meet a treasure with units left and must be decided
/// instead of refused by the API.
/// </summary>
public static class StockPlanner
{
    public static int[] Choose(
        List<PlannedClaim> claims,
        IReadOnlyList<PlannedTreasure> treasures,
        int playerLimit,
        Popularity popularity,
        Random random)
    {
        var soldOutAt = SoldOutAt(claims.Count, popularity, random);
        var sold = new int[treasures.Count];
        var lastSale = new int[treasures.Count];
        var seen = new HashSet<(int, int, string)>();
        var winsByTreasure = new Dictionary<(int, int), int>();
        var wins = new Dictionary<int, int>();
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            var treasure = treasures[claim.Treasure];
            var ofTreasure = winsByTreasure.GetValueOrDefault((claim.Player, claim.Treasure));
            var ofPlayer = wins.GetValueOrDefault(claim.Player);
            if (i >= soldOutAt[claim.Treasure] || !seen.Add((claim.Player, claim.Treasure, claim.Key)))
            {
                continue;
            }

            if (ofTreasure >= treasure.PerPlayer || ofPlayer >= playerLimit
                || (treasure.Proof is not null && claim.Proof != treasure.Proof))
            {
                continue;
            }

            sold[claim.Treasure]++;
            lastSale[claim.Treasure] = i;
            winsByTreasure[(claim.Player, claim.Treasure)] = ofTreasure + 1;
            wins[claim.Player] = ofPlayer + 1;
        }

        return [.. sold.Select((units, treasure) => Units(units, lastSale[treasure], soldOutAt[treasure], random))];
    }

    /// <summary>The position in the claims at which each treasure is to sell out.</summary>
    private static double[] SoldOutAt(int claims, Popularity popularity, Random random)
    {
        var byRank = popularity.TreasureByRank;
        var soldOutAt = new double[byRank.Count];
        for (var rank = 0; rank < byRank.Count; rank++)
        {
            var scarce = rank >= 0.7 * byRank.Count;
            soldOutAt[byRank[rank]] = (scarce, rank % 3) switch
            {
                (true, 0) => 0, // One unit, won by the first claim.
                (true, _) => claims * (0.02 + 0.3 * random.NextDouble()),
                (false, 0) => double.PositiveInfinity,
                _ => claims * (0.65 + 0.33 * random.NextDouble()),
            };
        }

        return soldOutAt;
    }

    /// <summary>
    /// One unit for a treasure that is won at once. Spare units for a treasure that must not sell out, and for one whose claimers reach
    /// their limits long before it should sell out: without them the last unit would go too early.
    /// </summary>
    private static int Units(int sold, int lastSale, double soldOutAt, Random random) =>
        double.IsPositiveInfinity(soldOutAt) || lastSale < soldOutAt / 2 ? sold + sold / 2 + random.Next(1, 100) : Math.Max(1, sold);
}
