namespace TreasureHunt.Projections.BlueGreen;

/// <summary>The generation of a read model that readers use.</summary>
/// <param name="Previous">The generation before, kept for a rollback; null when none is kept.</param>
/// <param name="FlippedAt">When <paramref name="Live"/> became the live generation.</param>
public sealed record LiveGeneration(string ReadModel, int Live, int? Previous, DateTimeOffset FlippedAt);
