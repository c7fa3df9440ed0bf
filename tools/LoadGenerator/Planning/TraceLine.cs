namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>One claim of a trace.</summary>
/// <param name="OffsetMs">When it was sent, in milliseconds after the start.</param>
/// <param name="Treasure">Slug of the treasure, as the shop names it.</param>
public sealed record TraceLine(double OffsetMs, string Player, string Treasure, string Key, string? Proof);
