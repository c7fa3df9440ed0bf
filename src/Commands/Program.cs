using Marten;
using MassTransit;
using TreasureHunt.Commands;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Errors;
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

builder.Services.AddTokens(configuration);
builder.Services.AddReadModelRedis(configuration);
builder.Services.AddSingleton(_ => new TreasureLock(
    configuration.Required("RedisLocks", "the lock masters"), configuration["ReadModels:Prefix"] ?? "th"));
builder.Services.AddSingleton<CommitRetryPolicy>().AddSingleton<Pulse>().AddSingleton<ClaimLog>().AddSingleton<UnrecordedRefusals>().AddSingleton<ClaimDesk>().AddSingleton<AdminDesk>();
builder.Services.AddSingleton<Shards>();
builder.Services.AddSingleton<DeadLetterQueues>().AddHostedService<DeadLetterGauge>();
builder.Services.AddHealthChecks().AddCheck<LockHealth>("locks").AddCheck<Shards>("claims");
builder.Services.AddBus(
    configuration,
    bus => bus.AddConsumer<AdminConsumer>(),
    (context, rabbit) =>
    {
        rabbit.ReceiveEndpoint(BusNames.Admin, endpoint => AdminConsumer.Configure(endpoint, context));
        context.GetRequiredService<Shards>().Configure(rabbit);
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
app.MapGroup("/admin").RequireAuthorization(Tokens.Admin).MapDeadLetters();
await app.RunAsync();
return 0;
