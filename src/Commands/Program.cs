using Marten;
using MassTransit;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Commands.Claims.Consuming;
using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Commands.Clues;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Commands.DeadLettering;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Messaging;
using TreasureHunt.Platform.Problems;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

if (HealthProbe.IsRequested(args))
{
    return await HealthProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(SettingsCheck.RemoveCheckArgument(args));
var configuration = builder.Configuration;
builder.AddHostDefaults("commands");
var eventStore = builder.Services.AddSettings<EventStoreOptions>(configuration, EventStoreOptions.Section);
var appliesSchema = args.Contains("--apply-schema");
var connections = appliesSchema
    ? builder.AddConnections(nameof(ConnectionOptions.Postgres))
    : builder.AddConnections(
        nameof(ConnectionOptions.Postgres), nameof(ConnectionOptions.RabbitMq), nameof(ConnectionOptions.RedisLocks),
        nameof(ConnectionOptions.RedisReadModels));
builder.Services.AddEventStore(connections.Postgres, eventStore, (_, options) => SnapshotStorage.Configure(options));

if (appliesSchema)
{
    if (builder.CheckSettings(args) is { } failure)
    {
        return failure;
    }

    await using var migration = builder.Build();
    await EventStoreSchema.ApplyAsync(migration.Services.GetRequiredService<IDocumentStore>());
    Console.WriteLine($"The schema {eventStore.Schema} is up to date.");
    return 0;
}

builder.Services.AddStoreHealth();
// To bind a queue, RabbitMQ requires the permission to write to its name, which is also the name of an exchange. Workers must not
// write to these exchanges. Therefore the operator's user declares the queues, with this argument, and workers only consume them.
var declaresTopology = args.Contains("--declare-topology");
var readModels = builder.Services.AddSettings<ReadModelOptions>(configuration, ReadModelOptions.Section);
builder.Services.AddSettings<ShardOptions>(configuration, ShardOptions.Section);
builder.AddTokens(nameof(AuthOptions.Administrators));
builder.Services.AddProblemTypes();
builder.Services.AddReadModelRedis(connections.RedisReadModels).AddSingleton(new ReadModelKeys(readModels.Prefix));
builder.Services.AddSingleton(_ => new TreasureLock(connections.RedisLocks, readModels.Prefix, TimeProvider.System));
builder.Services.AddSingleton<CommitRetryPolicy>().AddSingleton<CommitNotifier>().AddSingleton<ClaimEventStore>()
    .AddSingleton<UnrecordedRefusalStore>().AddSingleton<ClaimBatchHandler>().AddSingleton<AdminCommandHandler>();
builder.Services.AddSingleton<Func<IBus>>(provider => provider.GetRequiredService<IBus>).AddSingleton<OutcomeSender>()
    .AddSingleton<ClaimShards>();
builder.Services.AddHostedService<CluePoller>();
builder.Services.AddDeadLetterQueues(configuration, connections.RabbitMq).AddHostedService<QueueGauges>();
builder.Services.AddHealthChecks().AddCheck<LockHealth>("locks").AddCheck<ClaimShards>("claims");
builder.Services.AddBus(
    configuration,
    connections.RabbitMq,
    bus => bus.AddConsumer<AdminConsumer>(),
    (context, rabbit) =>
    {
        rabbit.DeployTopologyOnly = declaresTopology;
        rabbit.ReceiveEndpoint(BusNames.AdminQueue, endpoint => AdminConsumer.Configure(endpoint, context, declaresTopology));
        context.GetRequiredService<ClaimShards>().Configure(rabbit, declaresTopology);
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

if (declaresTopology)
{
    await using var declaration = builder.Build();
    return await declaration.Services.DeclareTopologyAsync();
}

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseHeadRequests();
app.UseRouting();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
app.MapGroup("/admin").RequireAuthorization(Scopes.Operations).MapDeadLetters();
await app.RunAsync();
return 0;
