using Marten;
using MassTransit;
using TreasureHunt.Commands;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Bus;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Store;

if (HealthProbe.IsAsked(args))
{
    return await HealthProbe.Ask();
}

var builder = WebApplication.CreateBuilder(SettingsCheck.SettingsOf(args));
var configuration = builder.Configuration;
builder.AddHostDefaults("commands");
builder.Services.AddEventStore(configuration, (_, options) => Store.Configure(options));

if (args.Contains("--apply-schema"))
{
    await using var migration = builder.Build();
    await migration.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
    Console.WriteLine($"The schema {EventStore.SchemaName(configuration)} is up to date.");
    return 0;
}

// To bind a queue, RabbitMQ asks for the permission to write to its name, which is the exchange's name too. Workers must not
// write to these exchanges: the operator's user declares the queues, with this argument, and workers only consume them.
var declares = args.Contains("--declare-topology");
builder.Services.AddReadModelRedis(configuration);
builder.Services.AddSingleton(_ => new TreasureLock(
    configuration.Required("RedisLocks", "the lock masters"), configuration["ReadModels:Prefix"] ?? "th"));
builder.Services.AddSingleton<Persistence>().AddSingleton<Pulse>().AddSingleton<ClaimLog>().AddSingleton<ClaimDesk>().AddSingleton<AdminDesk>();
builder.Services.AddSingleton<Shards>();
builder.Services.AddHostedService<CluePoller>();
builder.Services.AddHealthChecks().AddCheck<LockHealth>("locks");
builder.Services.AddBus(
    configuration,
    bus => bus.AddConsumer<AdminConsumer>(),
    (context, rabbit) =>
    {
        rabbit.DeployTopologyOnly = declares;
        rabbit.ReceiveEndpoint(BusNames.Admin, endpoint => AdminConsumer.Configure(endpoint, context, declares));
        context.GetRequiredService<Shards>().Configure(rabbit, declares);
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

if (declares)
{
    await using var declaration = builder.Build();
    return await declaration.Services.DeclareTopology();
}

var app = builder.Build();
app.MapOperations();
await app.RunAsync();
return 0;
