using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims;

/// <summary>One numbered place of a player, and the claim that took it.</summary>
public readonly record struct Slot(string Scope, string Player, int N, string TreasureId, Guid ClaimId);

/// <summary>
/// Numbered places that fence the limits of a player: one for each award that stands, in the hunt when that has a limit and
/// else in the treasure, and one for each wrong proof. Two treasures of a hunt are decided at the same time, and neither
/// stream knows of the other: the primary key makes the second one decide again.
/// </summary>
public sealed class Slots
{
    // The treasure of each place by its number.
    private readonly Dictionary<(string Scope, string Player), Dictionary<int, string>> _taken = [];
    private readonly List<Slot> _new = [];

    /// <summary>Slots that are taken, of all players and scopes.</summary>
    public int Count => _taken.Values.Sum(taken => taken.Count);

    /// <summary>Slots taken by the decisions so far, not inserted yet.</summary>
    public IReadOnlyList<Slot> New => _new;

    /// <summary>Adds a slot that was taken earlier.</summary>
    public void Add(string scope, string player, int n, string treasureId) => Of(scope, player).Add(n, treasureId);

    /// <summary>How a player stands with a treasure and its hunt.</summary>
    public Standing Standing(string treasureId, string huntId, string player)
    {
        var inHunt = _taken.GetValueOrDefault((InHunt(huntId), player));
        return new Standing(
            CountIn(InTreasure(treasureId), player) + (inHunt?.Values.Count(treasure => treasure == treasureId) ?? 0),
            inHunt?.Count ?? 0,
            CountIn(OfProofs(treasureId), player));
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

    private void Take(string scope, IClaimEvent decision)
    {
        var taken = Of(scope, decision.PlayerId);
        var n = 1;
        while (!taken.TryAdd(n, decision.TreasureId))
        {
            n++;
        }

        _new.Add(new Slot(scope, decision.PlayerId, n, decision.TreasureId, decision.ClaimId));
    }

    private int CountIn(string scope, string player) => _taken.GetValueOrDefault((scope, player))?.Count ?? 0;

    private Dictionary<int, string> Of(string scope, string player) =>
        _taken.TryGetValue((scope, player), out var taken) ? taken : _taken[(scope, player)] = [];

    /// <summary>The scopes of a player's claim. They are the storage format.</summary>
    public static string InHunt(string huntId) => $"hunt-{huntId}";

    public static string InTreasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>The scopes in one of which an award has its slot.</summary>
    public static string[] OfAward(string treasureId, string huntId) => [InHunt(huntId), InTreasure(treasureId)];

    public static string OfProofs(string treasureId) => $"proof-{treasureId}";
}
