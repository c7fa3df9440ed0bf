namespace TreasureHunt.InvariantChecker;

/// <summary>A broken invariant.</summary>
/// <param name="Invariant">One of <see cref="Invariants"/>.</param>
/// <param name="Count">How many events or claims break it.</param>
/// <param name="Examples">The first few of them, as sentences.</param>
public sealed record Finding(string Invariant, int Count, IReadOnlyList<string> Examples);
