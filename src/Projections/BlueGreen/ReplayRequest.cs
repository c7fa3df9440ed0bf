using TreasureHunt.Contracts;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>The body of <c>POST /admin/replays</c>.</summary>
/// <param name="ReadModel">One of <see cref="ReadModelNames"/>.</param>
/// <param name="DryRun">Build and compare the new generation, then delete it.</param>
/// <param name="Compare">Compare all keys of both generations, not a sample.</param>
/// <param name="Rollback">Bring the previous generation up to date and make it the live one.</param>
public sealed record ReplayRequest(string? ReadModel, bool DryRun = false, bool Compare = false, bool Rollback = false);
