using JasperFx;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using Weasel.Core;

namespace TreasureHunt.EventStore;

/// <summary>The event store: Marten over PostgreSQL. All other state derives from it.</summary>
public static class EventStoreRegistration
{
    /// <summary>Adds the store. Hosts never change the schema; <c>--apply-schema</c> does.</summary>
    /// <param name="sessionSettings">PostgreSQL settings of every session of this host, as <c>-c name=value</c>.</param>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddEventStore(
        this IServiceCollection services, string connectionString, EventStoreOptions eventStore,
        Action<IServiceProvider, StoreOptions> configure, string? sessionSettings = null)
    {
        services.AddSingleton(_ => DataSource(connectionString, sessionSettings));
        return services.AddMarten(provider =>
        {
            var options = new StoreOptions();
            options.Connection(provider.GetRequiredService<NpgsqlDataSource>());
            Configure(options, eventStore.Schema);
            configure(provider, options);
            return options;
        });
    }

    /// <summary>Sets the options that all hosts and tests share.</summary>
    public static void Configure(StoreOptions options, string schema)
    {
        options.DatabaseSchemaName = schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase);
        options.Events.StreamIdentity = StreamIdentity.AsString;
        options.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        // The event id is the claim id: the same claim cannot be recorded twice, not even in two streams.
        options.Events.EnableUniqueIndexOnEventId = true;
        // Concurrent appends to a stream wait for each other. A failed append would use up sequence numbers, which stalls the projections.
        options.Events.UseExclusiveLockOnConcurrentAppends = true;
        options.Events.UseIdentityMapForAggregates = true;
        // The trace context of a claim, for the projections.
        options.Events.MetadataConfig.CausationIdEnabled = true;
        // The actor of an administrative command. Claims have none.
        options.Events.MetadataConfig.HeadersEnabled = true;
        foreach (var (type, name) in EventNames.All)
        {
            options.Events.MapEventType(type, name);
        }

        // Marten reads both forms of a body: rows without a binary body are JSON.
        var claimEvents = new ClaimEventSerializer();
        options.Events.UseBinarySerializer<TreasureAwarded>(claimEvents);
        options.Events.UseBinarySerializer<ClaimRefused>(claimEvents);

        options.Storage.ExtendedSchemaObjects.Add(GenerationTables.Generations(schema));
        options.Storage.ExtendedSchemaObjects.Add(GenerationTables.Replays(schema));

        // An event that this build does not know must stop a projection. Skipping it would lose data.
        options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.RebuildErrors.SkipUnknownEvents = false;
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.DisableNpgsqlLogging = true;
    }

    private static NpgsqlDataSource DataSource(string connectionString, string? sessionSettings)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        // A dead server must be detected before a caller's timeout.
        builder.Timeout = Math.Min(builder.Timeout, 5);
        builder.CommandTimeout = Math.Min(builder.CommandTimeout, 30);
        builder.Options = sessionSettings ?? builder.Options;
        // No code changes session settings, and the same few statements are repeated.
        builder.NoResetOnClose = true;
        builder.MaxAutoPrepare = 100;
        builder.MaxPoolSize = Math.Min(builder.MaxPoolSize, 40);
        return new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }
}
