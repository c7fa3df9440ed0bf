using Marten;
using Weasel.Core.Migrations;
using Weasel.Postgresql.Tables;

namespace TreasureHunt.EventStore;

/// <summary>Creates and migrates the schema of the event store, for <c>--apply-schema</c>.</summary>
public static class EventStoreSchema
{
    /// <summary>
    /// Fill factor, in percent, of the tables whose rows each transaction updates: half of each page stays free, so that the new version
    /// of a row fits on the page of the old one, and no index changes.
    /// </summary>
    public const int UpdatedTableFillFactor = 50;

    /// <summary>Applies all changes. Does nothing when the schema is up to date.</summary>
    public static Task ApplyAsync(IDocumentStore store)
    {
        // Marten has no settings for the tables of events, but migrates to these definitions, which it creates once.
        var tables = ((IFeatureSchema)store.Options.Events).Objects.OfType<Table>().ToDictionary(table => table.Identifier.Name);
        // PostgreSQL would look for the stream of each inserted event. Every append writes its stream in the same transaction.
        tables["mt_events"].ForeignKeys.Clear();
        tables["mt_streams"].FillFactor = UpdatedTableFillFactor;
        return store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
    }
}
