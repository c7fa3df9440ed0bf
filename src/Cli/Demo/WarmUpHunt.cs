namespace TreasureHunt.Cli.Demo;

/// <summary>
/// A second hunt beside the sale, so that the sale's own figures stay pure: there the engine is warmed up, and there the
/// quiet caller claims when the storm is over.
/// </summary>
/// <param name="Quiet">One after the other, by one caller; the first ones are to get warm again.</param>
public sealed record WarmUpHunt(Plan Plan, IReadOnlyList<PlannedClaim> WarmUp, IReadOnlyList<PlannedClaim> Quiet)
{
    private const int WarmUpPlayers = 2_500;

    public static WarmUpHunt Make(int warmUp, int quiet)
    {
        var warmUpClaims = Enumerable.Range(0, warmUp)
            .Select(n => new PlannedClaim(n % WarmUpPlayers, Treasure: 0, $"warm-up-{n}", Proof: null))
            .ToList();
        var quietClaims = Enumerable.Range(0, quiet)
            .Select(n => new PlannedClaim(WarmUpPlayers + n, Treasure: 1, $"quiet-{n}", Proof: null))
            .ToList();
        var plan = new Plan(
            [.. Enumerable.Range(1, WarmUpPlayers).Select(n => $"warm-up-{n:D4}"), .. Enumerable.Range(1, quiet).Select(
                n => $"quiet-{n:D5}")],
            [
                // Half of what a player sends wins.
                Plenty("warm-up", "Warm-up", warmUp) with { PerPlayer = Math.Max(1, warmUp / WarmUpPlayers / 2) },
                Plenty("quiet", "Quiet caller", quiet),
            ],
            PlayerLimit: null,
            warmUpClaims,
            Latecomers: []);
        return new WarmUpHunt(plan, warmUpClaims, quietClaims);
    }

    private static PlannedTreasure Plenty(string slug, string name, int stock) =>
        new(slug, name, stock + 1, PerPlayer: 1, Proof: null, Clues: []);
}
