using JasperFx.Events.Projections;
using Marten;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.EventStore.Clues;
using TreasureHunt.EventStore.Hunts;

namespace TreasureHunt.EventStore.Snapshots;

/// <summary>
/// Registers the data that the worker stores with the events in the same transaction: a snapshot of each hunt and treasure, the
/// reservations, the unrevealed clues and the number of treasures of each hunt.
/// </summary>
public static class SnapshotStorage
{
    public static void Configure(StoreOptions options)
    {
        options.Projections.Add<HuntSnapshotProjection>(ProjectionLifecycle.Inline);
        options.Projections.Add<TreasureSnapshotProjection>(ProjectionLifecycle.Inline);
        options.Schema.For<Treasure>().FillFactor(EventStoreSchema.UpdatedTableFillFactor);
        options.Storage.ExtendedSchemaObjects.Add(ReservationTable.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(UnrevealedClueTable.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(HuntSizeTable.Define(options.DatabaseSchemaName));
    }
}
