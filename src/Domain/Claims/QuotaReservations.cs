using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Domain.Claims;

/// <summary>A numbered reservation of a player, and the claim that holds it.</summary>
public readonly record struct Reservation(string Scope, string Player, int N, string TreasureId, Guid ClaimId);

/// <summary>
/// Numbered reservations that enforce the limits of a player: one for each award that was not revoked, in the hunt when the hunt has a
/// limit and otherwise in the treasure, one for each wrong proof, and one when no more refusals are recorded. Two treasures of a hunt may
/// be decided at the same time on independent streams: the primary key of the table makes the second transaction decide again.
/// </summary>
/// <remarks>
/// An award takes the lowest free number, so that with a limit of n all numbers lie between 1 and n and the primary key holds the limit.
/// Only the count of the taken numbers by treasure and the gaps that revocations leave are kept here: a player may hold a million.
/// </remarks>
public sealed class QuotaReservations
{
    private readonly Dictionary<(string Scope, string Player), PlayerReservations> _reservations = [];
    private readonly List<Reservation> _new = [];

    /// <summary>Reservations of all players and scopes.</summary>
    public long Count => _reservations.Values.Sum(reservations => (long)reservations.Total);

    /// <summary>Reservations that the decisions so far have taken and that are not inserted yet.</summary>
    public IReadOnlyList<Reservation> New => _new;

    /// <summary>Adds reservations of a treasure that were taken earlier.</summary>
    public void Add(string scope, string player, string treasureId, int count) => Of(scope, player).Add(treasureId, count);

    /// <summary>Adds numbers that are free below the highest one that is taken, lowest first.</summary>
    public void AddGap(string scope, string player, int first, int last) => Of(scope, player).AddGap(first, last);

    /// <summary>What counts towards the limits of a player at a treasure and in its hunt.</summary>
    public PlayerUsage UsageOf(string treasureId, string huntId, string player)
    {
        var inHunt = _reservations.GetValueOrDefault((InHunt(huntId), player));
        return new PlayerUsage(
            CountIn(InTreasure(treasureId), player) + (inHunt?.OfTreasure(treasureId) ?? 0),
            inHunt?.Total ?? 0,
            CountIn(OfProofs(treasureId), player),
            CountIn(OfRefusals(treasureId), player) > 0);
    }

    /// <summary>Takes the reservation that a decision needs, if any: the lowest free number.</summary>
    /// <param name="huntLimited">
    /// Whether awards count towards a limit of the hunt. Without one, treasures need not wait for each other.
    /// </param>
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

    /// <summary>Takes the reservation which says that no more refusals of this player and treasure are recorded.</summary>
    public void TakeLastRefusal(IClaimEvent decision) => Take(OfRefusals(decision.TreasureId), decision);

    private void Take(string scope, IClaimEvent decision) =>
        _new.Add(
            new Reservation(
                scope, decision.PlayerId, Of(scope, decision.PlayerId).Take(decision.TreasureId), decision.TreasureId, decision.ClaimId));

    /// <summary>Reservations of a player in a scope.</summary>
    public int CountIn(string scope, string player) => _reservations.GetValueOrDefault((scope, player))?.Total ?? 0;

    private PlayerReservations Of(string scope, string player) =>
        _reservations.TryGetValue((scope, player), out var reservations)
            ? reservations : _reservations[(scope, player)] = new PlayerReservations();

    /// <summary>The scopes of a player's claim. They are the storage format.</summary>
    public static string InHunt(string huntId) => $"hunt-{huntId}";

    public static string InTreasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>The scopes in one of which an award has its reservation.</summary>
    public static string[] OfAward(string treasureId, string huntId) => [InHunt(huntId), InTreasure(treasureId)];

    public static string OfProofs(string treasureId) => $"proof-{treasureId}";

    public static string OfRefusals(string treasureId) => $"refusals-{treasureId}";
}
