using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Npgsql;
using TreasureHunt.Peers.Front;
using Weasel.Core;

namespace TreasureHunt.Peers.Streams;

/// <summary>
/// A Marten store as its documentation tunes it: quick appends, inline snapshots, aggregates kept in the session, light sessions.
/// </summary>
public static class MartenStore
{
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddStore(
        this IServiceCollection services, IConfiguration configuration, string schema)
    {
        var database = new NpgsqlConnectionStringBuilder(configuration.Required("Postgres", "the event store"))
        {
            // As the engine connects.
            MaxPoolSize = 40,
            MaxAutoPrepare = 100,
            NoResetOnClose = true,
        };
        services.AddSingleton(_ => NpgsqlDataSource.Create(database));
        services.AddHostedService<Schema>();
        return services.AddMarten(provider =>
        {
            var options = new StoreOptions
            {
                DatabaseSchemaName = schema,
                AutoCreateSchemaObjects = AutoCreate.CreateOrUpdate,
                DisableNpgsqlLogging = true,
            };
            options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
            options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.Events.AppendMode = EventAppendMode.Quick;
            options.Events.UseIdentityMapForAggregates = true;
            options.Projections.Snapshot<StreamTreasure>(SnapshotLifecycle.Inline);
            options.Schema.For<PlayerClaims>();
            return options;
        }).UseLightweightSessions();
    }

    /// <summary>Starts the stream of a treasure, unless it exists.</summary>
    public static async Task HideAsync(
        this IDocumentStore store, string treasureId, int stock, int perPlayer, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        if (await session.Events.FetchStreamStateAsync(treasureId, cancellationToken) is null)
        {
            session.Events.StartStream<StreamTreasure>(treasureId, new StreamTreasureHidden(treasureId, stock, perPlayer));
            await session.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Reads a treasure from its snapshot.</summary>
    public static async Task<Front.TreasureAnswer?> ReadAsync(
        this IDocumentStore store, string treasureId, CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<StreamTreasure>(treasureId, cancellationToken) is { } treasure
            ? new Front.TreasureAnswer(treasureId, treasure.Stock, treasure.Stock - treasure.Awarded)
            : null;
    }
}
