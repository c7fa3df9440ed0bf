using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims;

/// <summary>One numbered place of a player, and the claim that took it.</summary>
public readonly record struct Slot(string Scope, string Player, int N, string TreasureId, Guid ClaimId);

/// <summary>
/// Numbered places that fence the limits of a player: one for each award that stands, in the hunt when that has a limit and
/// else in the treasure, one for each wrong proof, and one when no more refusals are recorded. Two treasures of a hunt are decided at the same time,
/// and neither stream knows of the other: the primary key makes the second one decide again.
/// </summary>
/// <remarks>
/// An award takes the lowest free number, so that with a limit of n all numbers lie between 1 and n and the primary key holds the limit. What is kept
/// here of the numbers that are taken is how many, by treasure, and the gaps between them, which revocations leave: a player may hold a million.
/// </remarks>
public sealed class Slots
{
    private readonly Dictionary<(string Scope, string Player), PlayerPlaces> _places = [];
    private readonly List<Slot> _new = [];

    /// <summary>Slots that are taken, of all players and scopes.</summary>
    public long Count => _places.Values.Sum(places => (long)places.Total);

    /// <summary>Slots taken by the decisions so far, not inserted yet.</summary>
    public IReadOnlyList<Slot> New => _new;

    /// <summary>Adds slots of a treasure that were taken earlier.</summary>
    public void Add(string scope, string player, string treasureId, int count) => Of(scope, player).Add(treasureId, count);

    /// <summary>Adds numbers that are free below the highest one that is taken, lowest first.</summary>
    public void AddGap(string scope, string player, int first, int last) => Of(scope, player).AddGap(first, last);

    /// <summary>How a player stands with a treasure and its hunt.</summary>
    public Standing Standing(string treasureId, string huntId, string player)
    {
        var inHunt = _places.GetValueOrDefault((InHunt(huntId), player));
        return new Standing(
            CountIn(InTreasure(treasureId), player) + (inHunt?.OfTreasure(treasureId) ?? 0),
            inHunt?.Total ?? 0,
            CountIn(OfProofs(treasureId), player),
            CountIn(OfRefusals(treasureId), player) > 0);
    }

    /// <summary>Takes the slot that a decision needs, if any: the lowest free number.</summary>
    /// <param name="huntLimited">Whether awards count towards a limit of the hunt. Without one, treasures need not wait for each other.</param>
    public void Take(IClaimEvent decision, bool huntLimited)
    {
        switch (decision)
        {
            case TreasureAwarded:
                Take(huntLimited ? InHunt(decision.HuntId) : InTreasure(decision.TreasureId), decision);
                break;
            case ClaimRefused { Reason: Reasons.ProofWrong }:
                Take(OfProofs(decision.TreasureId), decision);
                break;
        }
    }

    /// <summary>Takes the slot which says that no more refusals of this player and treasure are recorded.</summary>
    public void TakeLastRefusal(IClaimEvent decision) => Take(OfRefusals(decision.TreasureId), decision);

    private void Take(string scope, IClaimEvent decision) =>
        _new.Add(new Slot(scope, decision.PlayerId, Of(scope, decision.PlayerId).Take(decision.TreasureId), decision.TreasureId, decision.ClaimId));

    /// <summary>Slots of a player in a scope.</summary>
    public int CountIn(string scope, string player) => _places.GetValueOrDefault((scope, player))?.Total ?? 0;

    private PlayerPlaces Of(string scope, string player) => _places.TryGetValue((scope, player), out var places) ? places : _places[(scope, player)] = new PlayerPlaces();

    /// <summary>The scopes of a player's claim. They are the storage format.</summary>
    public static string InHunt(string huntId) => $"hunt-{huntId}";

    public static string InTreasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>The scopes in one of which an award has its slot.</summary>
    public static string[] OfAward(string treasureId, string huntId) => [InHunt(huntId), InTreasure(treasureId)];

    public static string OfProofs(string treasureId) => $"proof-{treasureId}";

    public static string OfRefusals(string treasureId) => $"refusals-{treasureId}";
}
