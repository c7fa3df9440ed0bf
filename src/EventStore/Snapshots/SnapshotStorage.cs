using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.EventStore.Clues;
using TreasureHunt.EventStore.Hunts;

namespace TreasureHunt.EventStore.Snapshots;

/// <summary>
/// What the worker stores beside the events, in the same transaction: a snapshot of each hunt and treasure, the reservations, and the clues
/// to come.
/// </summary>
public static class SnapshotStorage
{
    public static void Configure(StoreOptions options)
    {
        options.Projections.Add<HuntSnapshotProjection>(ProjectionLifecycle.Inline);
        options.Projections.Add<TreasureSnapshotProjection>(ProjectionLifecycle.Inline);
        options.Storage.ExtendedSchemaObjects.Add(ReservationTable.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(DueClues.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(HuntSizes.Define(options.DatabaseSchemaName));
    }
}

/// <summary>Keeps <see cref="Hunt"/> current.</summary>
public sealed partial class HuntSnapshotProjection : SingleStreamProjection<Hunt, string>
{
    public HuntSnapshotProjection()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(IHuntEvent))))
        {
            IncludeType(type);
        }
    }

    public override Hunt? Evolve(Hunt? snapshot, string id, IEvent e) => Hunt.Evolve(snapshot, e.Data);
}

/// <summary>Keeps <see cref="Treasure"/> current; refusals live in a stream of their own.</summary>
public sealed partial class TreasureSnapshotProjection : SingleStreamProjection<Treasure, string>
{
    public TreasureSnapshotProjection()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused)))
        {
            IncludeType(type);
        }
    }

    public override Treasure? Evolve(Treasure? snapshot, string id, IEvent e) => Treasure.Evolve(snapshot, e.Data);
}
