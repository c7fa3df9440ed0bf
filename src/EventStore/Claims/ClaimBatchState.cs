using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.EventStore.Claims;

/// <summary>The state that a batch of claims is decided on. A stream that does not exist is in none of the dictionaries.</summary>
public sealed class ClaimBatchState
{
    /// <summary>Stream versions by stream name, of awards and of refusals.</summary>
    public Dictionary<string, long> Versions { get; } = [];

    /// <summary>Treasures by stream name.</summary>
    public Dictionary<string, Treasure> Treasures { get; } = [];

    /// <summary>Hunts by stream name.</summary>
    public Dictionary<string, Hunt> Hunts { get; } = [];

    /// <summary>The deciding events of claims that were decided earlier, by claim id.</summary>
    public Dictionary<Guid, IClaimEvent> AlreadyDecided { get; } = [];

    public QuotaReservations Reservations { get; } = new();

    /// <summary>
    /// A hash that changes when another writer records a decision of these treasures, takes or releases a reservation of these players, or
    /// decides one of these claims.
    /// </summary>
    public long ObservedState => HashCode.Combine(Versions.Values.Sum(), Reservations.Count, AlreadyDecided.Count);
}
