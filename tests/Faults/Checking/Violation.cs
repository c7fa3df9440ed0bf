namespace TreasureHunt.Faults.Checking;

/// <summary>A broken promise.</summary>
/// <param name="Invariant">The number of the promise in docs/guarantees.md; 0 for a trial that shows nothing.</param>
/// <param name="Name">The name of the rule that found it.</param>
public sealed record Violation(int Invariant, string Name, string What, Guid? ClaimId = null, string? Resource = null);
