using TreasureHunt.Contracts.Events;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Treasures;

/// <summary>The projection of a treasure, from the events of its stream.</summary>
public static class TreasureViewProjection
{
    public static TreasureView? Evolve(TreasureView? view, object @event) => (view, @event) switch
    {
        (null, TreasureHidden e) =>
            new TreasureView(e.TreasureId, e.HuntId, e.Name, e.Stock, 0, e.PerPlayer, e.Proof is not null, false, e.Clues),
        (not null, TreasureAwarded) => view with { Awarded = view.Awarded + 1 },
        (not null, AwardRevoked) => view with { Awarded = view.Awarded - 1 },
        (not null, TreasureRestocked e) => view with { Stock = view.Stock + e.Units },
        (not null, TreasureWithdrawn) => view with { Withdrawn = true },
        (not null, ClueAdded e) => view with { Clues = [.. view.Clues, e.Clue] },
        _ => view,
    };
}
