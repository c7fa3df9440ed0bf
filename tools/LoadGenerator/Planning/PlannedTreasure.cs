namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>A treasure of the run.</summary>
/// <param name="Slug">Its name in traces; its id in the engine differs in each run.</param>
/// <param name="Proof">The right proof, or null when none is required.</param>
public sealed record PlannedTreasure(string Slug, string Name, int Stock, int PerPlayer, string? Proof, IReadOnlyList<string> Clues);
