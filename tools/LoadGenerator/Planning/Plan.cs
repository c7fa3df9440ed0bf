namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>All claims of a run, fixed before it begins: player, treasure, order, key and proof.</summary>
/// <param name="Players">Player ids; claims name them by index.</param>
/// <param name="PlayerLimit">Awards per player over the hunt, or null for no limit.</param>
/// <param name="PeakClaims">Sent while the hunt is open.</param>
/// <param name="LateClaims">Sent while it takes no claims: every one must be refused.</param>
public sealed record Plan(
    IReadOnlyList<string> Players,
    IReadOnlyList<PlannedTreasure> Treasures,
    int? PlayerLimit,
    IReadOnlyList<PlannedClaim> PeakClaims,
    IReadOnlyList<PlannedClaim> LateClaims);
