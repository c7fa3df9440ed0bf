using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims;

/// <summary>One numbered place of a player.</summary>
public readonly record struct Slot(string Scope, string Player, int N, Guid ClaimId);

/// <summary>
/// Numbered places that fence the limits of a player: one for each award that stands, in its treasure and in its hunt, and
/// one for each wrong proof. Two treasures of a hunt are decided at the same time, and neither stream knows of the other:
/// the primary key makes the second one decide again.
/// </summary>
public sealed class Slots
{
    private readonly Dictionary<(string Scope, string Player), HashSet<int>> _taken = [];
    private readonly List<Slot> _new = [];

    /// <summary>Slots taken by the decisions so far, not inserted yet.</summary>
    public IReadOnlyList<Slot> New => _new;

    /// <summary>Adds a slot that was taken earlier.</summary>
    public void Add(string scope, string player, int n) => Of(scope, player).Add(n);

    /// <summary>How a player stands with a treasure and its hunt.</summary>
    public Standing Standing(string treasureId, string huntId, string player) => new(
        Count(InTreasure(treasureId), player), Count(InHunt(huntId), player), Count(OfProofs(treasureId), player));

    /// <summary>Takes the slots that a decision needs, lowest free number first.</summary>
    /// <param name="huntLimited">Whether awards count towards a limit of the hunt.</param>
    public void Take(IClaimEvent decision, bool huntLimited)
    {
        switch (decision)
        {
            case TreasureAwarded:
                Take(InTreasure(decision.TreasureId), decision);
                if (huntLimited)
                {
                    Take(InHunt(decision.HuntId), decision);
                }

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
        while (!taken.Add(n))
        {
            n++;
        }

        _new.Add(new Slot(scope, decision.PlayerId, n, decision.ClaimId));
    }

    private int Count(string scope, string player) => _taken.TryGetValue((scope, player), out var taken) ? taken.Count : 0;

    private HashSet<int> Of(string scope, string player) =>
        _taken.TryGetValue((scope, player), out var taken) ? taken : _taken[(scope, player)] = [];

    /// <summary>The scopes of a player's claim. They are the storage format.</summary>
    public static string InHunt(string huntId) => $"hunt-{huntId}";

    public static string InTreasure(string treasureId) => $"treasure-{treasureId}";

    public static string OfProofs(string treasureId) => $"proof-{treasureId}";
}
