using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Treasures;

/// <summary>A treasure now, with the clues that are revealed, or with all of them for an administrator.</summary>
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
    /// <param name="allClues">Whether the response has clues that are not revealed.</param>
    public static TreasureResponse Of(TreasureView treasure, HuntView? hunt, DateTimeOffset now, bool allClues = false) => new(
        TreasureId: treasure.TreasureId,
        HuntId: treasure.HuntId,
        Name: treasure.Name,
        Status: StatusOf(treasure, hunt, now),
        Stock: treasure.Stock,
        Awarded: treasure.Awarded,
        Remaining: treasure.Remaining,
        PerPlayer: treasure.PerPlayer,
        ProofRequired: treasure.ProofRequired,
        Clues: treasure.Clues.Where(clue => allClues || clue.RevealAt <= now).OrderBy(clue => clue.RevealAt).ToList(),
        NextClueAt: treasure.Clues.Where(clue => clue.RevealAt > now).Min(clue => (DateTimeOffset?)clue.RevealAt));

    /// <summary>Whether the treasures of a hunt are public: from its opening on.</summary>
    public static bool IsPublic(HuntView? hunt, DateTimeOffset now) => hunt?.Window.HasOpenedAt(now) is true;

    /// <summary>The number of revealed clues. It is a loop and not LINQ, because every read of a treasure calls it.</summary>
    public static int CountRevealed(TreasureView treasure, DateTimeOffset now)
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
        { Withdrawn: true } => TreasureStatuses.Withdrawn,
        _ when !IsPublic(hunt, now) => TreasureStatuses.Hidden,
        { Remaining: <= 0 } => TreasureStatuses.Exhausted,
        _ => TreasureStatuses.Available,
    };
}
