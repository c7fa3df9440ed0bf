namespace TreasureHunt.Commands.DeadLettering;

/// <summary>The dead letters that a request selects: one, or all of the queue.</summary>
/// <param name="Id">Null when <paramref name="All"/> is true.</param>
public sealed record DeadLetterSelection(string? Id, bool All);
