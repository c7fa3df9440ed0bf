using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Treasures;

/// <summary>A treasure now: with the clues revealed so far, or with all of them for an administrator.</summary>
public sealed record TreasureResponse(
    string TreasureId,
    string HuntId,
    string Name,
    string Status,
    int Stock,
    int Awarded,
    int Remaining,
    int PerPlayer,
    bool ProofRequired,
    IReadOnlyList<Clue> Clues,
    DateTimeOffset? NextClueAt)
{
    /// <param name="allClues">Whether clues to come are in the answer.</param>
    public static TreasureResponse Of(TreasureView treasure, HuntView? hunt, DateTimeOffset now, bool allClues = false) => new(
        treasure.TreasureId,
        treasure.HuntId,
        treasure.Name,
        StatusOf(treasure, hunt, now),
        treasure.Stock,
        treasure.Awarded,
        treasure.Remaining,
        treasure.PerPlayer,
        treasure.ProofRequired,
        treasure.Clues.Where(clue => allClues || clue.RevealAt <= now).OrderBy(clue => clue.RevealAt).ToList(),
        treasure.Clues.Where(clue => clue.RevealAt > now).Min(clue => (DateTimeOffset?)clue.RevealAt));

    /// <summary>Whether everybody may know of the treasures of a hunt: from its opening on.</summary>
    public static bool IsPublic(HuntView? hunt, DateTimeOffset now) => hunt?.Window.HasOpenedAt(now) is true;

    /// <summary>How many clues are revealed. Every read of a treasure counts them, so it is a loop.</summary>
    public static int Revealed(TreasureView treasure, DateTimeOffset now)
    {
        var revealed = 0;
        foreach (var clue in treasure.Clues)
        {
            revealed += clue.RevealAt <= now ? 1 : 0;
        }

        return revealed;
    }

    /// <summary><c>hidden</c> until its hunt has opened, then <c>available</c>, <c>exhausted</c> or <c>withdrawn</c>.</summary>
    public static string StatusOf(TreasureView treasure, HuntView? hunt, DateTimeOffset now) => treasure switch
    {
        { Withdrawn: true } => "withdrawn",
        _ when !IsPublic(hunt, now) => "hidden",
        { Remaining: <= 0 } => "exhausted",
        _ => "available",
    };
}
