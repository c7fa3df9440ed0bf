using TreasureHunt.Contracts;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Messaging;
using TreasureHunt.Platform.Problems;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.Audit;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.EventFeed;
using TreasureHunt.Projections.Health;
using TreasureHunt.Projections.LeaderElection;
using TreasureHunt.Projections.PointInTimeQueries;
using TreasureHunt.Projections.Problems;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

if (HealthProbe.IsRequested(args))
{
    return await HealthProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(SettingsCheck.RemoveCheckArgument(args));
var configuration = builder.Configuration;
builder.AddHostDefaults("projections");
var connections = builder.AddConnections(
    nameof(ConnectionOptions.Postgres), nameof(ConnectionOptions.RabbitMq), nameof(ConnectionOptions.RedisReadModels),
    nameof(ConnectionOptions.Memcached));
var eventStore = builder.Services.AddSettings<EventStoreOptions>(configuration, EventStoreOptions.Section);
var readModels = builder.Services.AddSettings<ReadModelOptions>(configuration, ReadModelOptions.Section);
builder.Services.AddSettings<LeaderElectionOptions>(configuration, LeaderElectionOptions.Section);
builder.Services.AddSettings<ProjectionOptions>(configuration, ProjectionOptions.Section);
builder.Services.AddSettings<AuditOptions>(configuration, AuditOptions.Section);
builder.AddTokens(nameof(AuthOptions.Administrators));
builder.Services.AddProblemTypes();
builder.Services.AddReadModelRedis(connections.RedisReadModels).AddSingleton(new ReadModelKeys(readModels.Prefix));
builder.Services.AddMemcached(connections.Memcached);
builder.Services.AddEventStore(
    connections.Postgres, eventStore, SubscriptionRegistration.Configure, SubscriptionRegistration.SessionSettings);
builder.Services.AddStoreHealth();
builder.Services.AddSingleton<IsolatedKeys>();
builder.Services.AddReadModels();
builder.Services.AddSubscriptions().AddSingleton<LeaderLock>();
builder.Services.AddSingleton<LeaderElectionService>().AddHostedService(provider => provider.GetRequiredService<LeaderElectionService>());
builder.Services.AddHostedService<BackgroundAudit>();
builder.Services.AddSingleton<LagMetrics>().AddSingleton<EventReader>().AddSingleton<Auditor>();
builder.Services.AddSingleton<GenerationTable>().AddSingleton<GenerationStore>().AddSingleton<GenerationSupervisor>();
builder.Services.AddSingleton<ReplayTable>().AddSingleton<GenerationComparison>().AddSingleton<Replayer>().AddSingleton<ReplayScheduler>();
builder.Services.AddBrokerAddress(configuration, connections.RabbitMq);
builder.Services.AddSingleton<EventsExchange>();
builder.Services.AddProjectionHealth();

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseHeadRequests();
app.UseRouting();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
var read = app.MapGroup("/admin").RequireAuthorization(Scopes.Read).AddEndpointFilter(AdminProblems.RejectUnknownEventsAsync);
read.MapEventFeed();
read.MapCommands();
read.MapAudit();
read.MapPointInTimeQueries();
var operations = app.MapGroup("/admin").RequireAuthorization(Scopes.Operations).AddEndpointFilter(AdminProblems.RejectUnknownEventsAsync);
operations.MapLag();
operations.MapReplays();
await app.RunAsync();
return 0;
