using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>The clues of an event that are revealed later. Analytics gets them without their texts.</summary>
/// <remarks>The result depends only on the event, so an event that is published again is the same.</remarks>
public static class UnrevealedClues
{
    /// <summary>Replaces the text until <see cref="ClueRevealed"/> publishes it. No clue has an empty text.</summary>
    public const string NoText = "";

    /// <summary>Whether a clue of a command that was accepted at <paramref name="at"/> is revealed later.</summary>
    public static bool Includes(Clue clue, DateTimeOffset at) => clue.RevealAt > at;

    /// <summary>Returns the event without the texts of unrevealed clues.</summary>
    public static object WithoutTexts(object @event) => @event switch
    {
        TreasureHidden e when e.Clues.Any(clue => Includes(clue, e.At)) =>
            e with { Clues = [.. e.Clues.Select(clue => WithoutText(clue, e.At))] },
        ClueAdded e => e with { Clue = WithoutText(e.Clue, e.At) },
        _ => @event,
    };

    private static Clue WithoutText(Clue clue, DateTimeOffset at) => Includes(clue, at) ? clue with { Text = NoText } : clue;
}
