namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>
/// A second hunt beside the sale, for claims that the sale's figures leave out: those that warm the engine up, and those of the one quiet
/// caller after the peak load.
/// </summary>
/// <param name="Quiet">Sent one after the other by one caller. The first ones warm the engine up again.</param>
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
                // Half of a player's claims win.
                Plenty("warm-up", "Warm-up", warmUp) with { PerPlayer = Math.Max(1, warmUp / WarmUpPlayers / 2) },
                Plenty("quiet", "Quiet caller", quiet),
            ],
            PlayerLimit: null,
            warmUpClaims,
            LateClaims: []);
        return new WarmUpHunt(plan, warmUpClaims, quietClaims);
    }

    private static PlannedTreasure Plenty(string slug, string name, int stock) =>
        new(slug, name, stock + 1, PerPlayer: 1, Proof: null, Clues: []);
}
