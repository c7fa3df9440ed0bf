using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api.Admin;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Hunts;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.OpenApi;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Api.Visitors;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Messaging;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

if (HealthProbe.IsAsked(args))
{
    return await HealthProbe.AskAsync();
}

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = SettingsCheck.SettingsOf(args), ContentRootPath = AppContext.BaseDirectory });
var configuration = builder.Configuration;
builder.AddHostDefaults("api");
var connections = builder.AddConnections(
    nameof(ConnectionOptions.RabbitMq), nameof(ConnectionOptions.RedisReadModels), nameof(ConnectionOptions.Memcached));
var readModels = builder.Services.AddSettings<ReadModelOptions>(configuration, ReadModelOptions.Section);
builder.Services.AddSettings<ShardOptions>(configuration, ShardOptions.Section);
builder.Services.AddSettings<ShutdownOptions>(configuration, ShutdownOptions.Section);
// With the usual 512 the kernel drops connections when a crowd comes at once, and they are tried again seconds later.
builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);
builder.AddVisitors(builder.AddTokens(nameof(AuthOptions.Players), nameof(AuthOptions.Administrators)));
builder.Services.AddReadModelRedis(connections.RedisReadModels).AddSingleton(new ReadModelKeys(readModels.Prefix));
builder.Services.AddMemcached(connections.Memcached);
builder.Services.AddReading();
builder.Services.AddSettings<StreamOptions>(configuration, "Streams");
builder.Services.AddClockSkew((provider, _) => provider.GetRequiredService<ReadModelRedis>().TimeAsync());
builder.Services.AddSingleton<HuntReader>().AddSingleton<HuntBroadcasters>();
builder.Services.AddSingleton<PendingClaims>().AddSingleton<PendingOutcomes>().AddSingleton<OutcomeReplies>()
    .AddSingleton<ClaimPublisher>();
builder.Services.AddSettings<IdempotencyOptions>(configuration, "Idempotency");
builder.Services.AddSettings<RateLimitOptions>(configuration, "RateLimits");
builder.Services.AddSingleton<ClaimFingerprints>().AddSingleton<UnexpectedFailures>().AddSingleton<RefusalLog>()
    .AddSingleton<ClaimRateLimit>().AddSingleton<PostClaim>().AddSingleton<GetClaim>().AddSingleton<AdminBus>();
builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
builder.Services.AddCrossOrigin(configuration);
builder.Services.AddStatus();
builder.Services.AddOpenApiDocument();
builder.Services.AddStorefronts(configuration);
builder.Services.AddBus(
    configuration,
    bus =>
    {
        bus.AddConsumer<BusClaimConsumer>();
        // Without a broker the Api still reads.
        bus.ConfigureHealthCheckOptions(health => (health.Name, health.MinimalFailureStatus) = ("bus", HealthStatus.Degraded));
    },
    (context, rabbit) =>
    {
        // The name of the queue for answers to commands; the broker's user may declare no other.
        rabbit.OverrideDefaultBusEndpointQueueName($"{BusNames.Answers}{Ids.Fresh():N}");
        context.GetRequiredService<OutcomeReplies>().Configure(rabbit);
        rabbit.ReceiveEndpoint(BusNames.ClaimIntakeQueue, endpoint => BusClaimConsumer.Configure(endpoint, context));
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UseRefusalLog();
app.UseStatus();
app.UseMovedReaders();
app.UseProblems();
app.UseSecurityHeaders();
app.UseContentCodings();
app.UsePage();
app.UseHeadRequests();
app.UseRouting();
app.UseCrossOrigin();
app.UseAllowedMethods();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
app.MapOpenApiDocument();
// The proxy may say these of any route.
var v1 = app.MapGroup("/v1").ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
v1.MapGroup("").WithTags("Claims").MapClaims();
v1.MapGroup("").WithTags("Treasures").MapTreasures();
v1.MapGroup("").WithTags("Hunts").MapHunts();
v1.MapGroup("").WithTags("Hunts").MapStreams();
v1.MapGroup("").WithTags("Administration").MapAdmin();
v1.MapGroup("").WithTags("Visitors").MapVisitors();
v1.MapGroup("").WithTags("Status").MapStatus();
await app.RunAsync();
return 0;
