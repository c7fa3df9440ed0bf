using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Domain.Claims;

/// <summary>
/// Numbered reservations that enforce the limits of a player: one for each award that is not revoked, in the hunt when the hunt has a
/// limit and otherwise in the treasure, one for each wrong proof, and one when no more refusals are recorded. Two treasures of a hunt may
/// be decided at the same time on independent streams: the primary key of the table makes the second transaction decide again.
/// </summary>
/// <remarks>
/// An award takes the lowest free number. With a limit of n all numbers are between 1 and n, so the primary key enforces the limit.
/// This class keeps only the counts by treasure and the gaps that revocations leave, because a player may hold a million reservations.
/// </remarks>
public sealed class QuotaReservations
{
    private readonly Dictionary<(string Scope, string PlayerId), PlayerReservations> _reservations = [];
    private readonly List<Reservation> _new = [];

    /// <summary>Reservations of all players and scopes.</summary>
    public long Count => _reservations.Values.Sum(reservations => (long)reservations.Total);

    /// <summary>Reservations that the decisions so far have taken and that are not inserted yet.</summary>
    public IReadOnlyList<Reservation> NewReservations => _new;

    /// <summary>Adds reservations of a treasure that were taken earlier.</summary>
    public void Add(string scope, string playerId, string treasureId, int count) => GetOrAdd(scope, playerId).Add(treasureId, count);

    /// <summary>Adds free numbers below the highest reservation, lowest first.</summary>
    public void AddGap(string scope, string playerId, int first, int last) => GetOrAdd(scope, playerId).AddGap(first, last);

    /// <summary>Returns the counts towards the limits of a player at a treasure and in its hunt.</summary>
    public PlayerUsage UsageOf(string treasureId, string huntId, string playerId)
    {
        var inHunt = _reservations.GetValueOrDefault((ReservationScopes.Hunt(huntId), playerId));
        return new PlayerUsage(
            AwardsOfTreasure: CountIn(ReservationScopes.Treasure(treasureId), playerId) + (inHunt?.OfTreasure(treasureId) ?? 0),
            AwardsInHunt: inHunt?.Total ?? 0,
            WrongProofs: CountIn(ReservationScopes.WrongProofs(treasureId), playerId),
            HasMaxRefusals: CountIn(ReservationScopes.Refusals(treasureId), playerId) > 0);
    }

    /// <summary>Takes the reservation that a decision needs, if any: the lowest free number.</summary>
    /// <param name="isHuntLimited">
    /// Whether awards count towards a limit of the hunt. Without a limit, treasures of a hunt do not conflict.
    /// </param>
    public void Take(IClaimEvent decision, bool isHuntLimited)
    {
        switch (decision)
        {
            case TreasureAwarded:
                Take(isHuntLimited ? ReservationScopes.Hunt(decision.HuntId) : ReservationScopes.Treasure(decision.TreasureId), decision);
                break;
            case ClaimRefused { Reason: Reasons.ProofWrong }:
                Take(ReservationScopes.WrongProofs(decision.TreasureId), decision);
                break;
        }
    }

    /// <summary>Takes the reservation that stops the recording of more refusals of this player and treasure.</summary>
    public void TakeLastRefusal(IClaimEvent decision) => Take(ReservationScopes.Refusals(decision.TreasureId), decision);

    private void Take(string scope, IClaimEvent decision) => _new.Add(
        new Reservation(
            Scope: scope,
            PlayerId: decision.PlayerId,
            Number: GetOrAdd(scope, decision.PlayerId).Take(decision.TreasureId),
            TreasureId: decision.TreasureId,
            ClaimId: decision.ClaimId));

    /// <summary>Returns the number of reservations of a player in a scope.</summary>
    public int CountIn(string scope, string playerId) => _reservations.GetValueOrDefault((scope, playerId))?.Total ?? 0;

    private PlayerReservations GetOrAdd(string scope, string playerId) =>
        _reservations.TryGetValue((scope, playerId), out var reservations)
            ? reservations : _reservations[(scope, playerId)] = new PlayerReservations();
}
