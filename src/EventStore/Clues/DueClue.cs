namespace TreasureHunt.EventStore.Clues;

/// <summary>An unrevealed clue whose reveal time has passed.</summary>
/// <param name="ClueId">Id of the event that will reveal it.</param>
public readonly record struct DueClue(Guid ClueId, string TreasureId);
