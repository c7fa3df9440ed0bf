namespace TreasureHunt.Cli.Demo;

/// <summary>Everything that a run will do, fixed before it begins: who claims what, in which order, with which key and proof.</summary>
/// <param name="Players">Player ids; claims name them by index.</param>
/// <param name="PlayerLimit">Awards per player over the hunt, or null for no limit.</param>
/// <param name="Storm">Sent while the hunt is open.</param>
/// <param name="Latecomers">Sent when it no longer takes claims: every one must be refused.</param>
public sealed record Plan(
    IReadOnlyList<string> Players,
    IReadOnlyList<PlannedTreasure> Treasures,
    int? PlayerLimit,
    IReadOnlyList<PlannedClaim> Storm,
    IReadOnlyList<PlannedClaim> Latecomers);

/// <summary>A treasure that the run will hide.</summary>
/// <param name="Slug">Its name in traces; its id in the engine is made for each run.</param>
/// <param name="Proof">The right proof, or null when none is asked for.</param>
public sealed record PlannedTreasure(string Slug, string Name, int Stock, int PerPlayer, string? Proof, IReadOnlyList<string> Clues);

/// <summary>One claim to send. The same player, treasure and key again are a retry.</summary>
/// <param name="Player">Index into <see cref="Plan.Players"/>.</param>
/// <param name="Treasure">Index into <see cref="Plan.Treasures"/>.</param>
/// <param name="OffsetMs">When to send it after the start, in a run that keeps to recorded times.</param>
public readonly record struct PlannedClaim(int Player, int Treasure, string Key, string? Proof, double OffsetMs = 0);
