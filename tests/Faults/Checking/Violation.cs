namespace TreasureHunt.Faults.Checking;

/// <summary>Something that must not be.</summary>
/// <param name="Invariant">Its number in the list of what must be true whatever fails.</param>
/// <param name="Name">Which rule found it.</param>
public sealed record Violation(int Invariant, string Name, string What, Guid? ClaimId = null, string? Resource = null);
