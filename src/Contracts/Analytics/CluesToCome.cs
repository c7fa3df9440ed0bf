using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>Which clues of an event are to come, and what analytics is told of them: everything but the text.</summary>
/// <remarks>It depends on the event alone, so an event that is told again is told as before.</remarks>
public static class CluesToCome
{
    /// <summary>Stands in the place of a text that is told later by <see cref="ClueRevealed"/>. No clue has an empty text.</summary>
    public const string NoText = "";

    /// <summary>Whether a clue of a command that was accepted at <paramref name="at"/> is revealed later.</summary>
    public static bool Includes(Clue clue, DateTimeOffset at) => clue.RevealAt > at;

    /// <summary>The event without the texts of clues to come.</summary>
    public static object WithoutTexts(object @event) => @event switch
    {
        TreasureHidden e when e.Clues.Any(clue => Includes(clue, e.At)) =>
            e with { Clues = [.. e.Clues.Select(clue => WithoutText(clue, e.At))] },
        ClueAdded e => e with { Clue = WithoutText(e.Clue, e.At) },
        _ => @event,
    };

    private static Clue WithoutText(Clue clue, DateTimeOffset at) => Includes(clue, at) ? clue with { Text = NoText } : clue;
}
