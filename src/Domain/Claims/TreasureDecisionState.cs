using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Domain.Claims;

/// <summary>The state of a treasure that its claims are decided on.</summary>
/// <param name="Treasure">Null when the treasure does not exist.</param>
/// <param name="Hunt">Null when the hunt is not known.</param>
/// <param name="Refusals">Claims of the treasure refused so far.</param>
public sealed record TreasureDecisionState(Treasure? Treasure, Hunt? Hunt, long Refusals)
{
    /// <summary>Position of the next claim among those decided for the treasure, from 1.</summary>
    public long NextPosition => Refusals + (Treasure?.Awards ?? 0) + 1;

    public TreasureDecisionState Apply(IClaimEvent decision) => decision is ClaimRefused
        ? this with { Refusals = Refusals + 1 }
        : this with { Treasure = Treasure.Evolve(Treasure, decision) };
}
