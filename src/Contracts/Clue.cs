namespace TreasureHunt.Contracts;

/// <summary>A hint that players can read from <paramref name="RevealAt"/> on.</summary>
public sealed record Clue(string Text, DateTimeOffset RevealAt);
