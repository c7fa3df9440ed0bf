using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>The view of a treasure with all of its clues. The Api returns only the revealed clues.</summary>
public sealed record TreasureView(
    string TreasureId,
    string HuntId,
    string Name,
    int Stock,
    int Awarded,
    int PerPlayer,
    bool ProofRequired,
    bool Withdrawn,
    IReadOnlyList<Clue> Clues)
{
    /// <summary>Units that can still be won.</summary>
    public int Remaining => Stock - Awarded;
}
