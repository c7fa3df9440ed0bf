using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api;
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

if (HealthProbe.IsRequested(args))
{
    return await HealthProbe.RunAsync();
}

// With the default of 512, the kernel drops connections at peak load, and clients retry them seconds later.
const int ListenBacklog = 4096;

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = SettingsCheck.RemoveCheckArgument(args), ContentRootPath = AppContext.BaseDirectory });
var (services, configuration) = (builder.Services, builder.Configuration);
builder.AddHostDefaults("api");
builder.WebHost.UseSockets(sockets =>
{
    sockets.Backlog = ListenBacklog;
    // Requests are read and answered on the threads of the sockets: fewer threads wake for each request. Handlers must not block.
    sockets.UnsafePreferInlineScheduling = true;
});

var connections = builder.AddConnections(
    nameof(ConnectionOptions.RabbitMq), nameof(ConnectionOptions.RedisReadModels), nameof(ConnectionOptions.Memcached));
var readModels = services.AddSettings<ReadModelOptions>(configuration, ReadModelOptions.Section);
var caching = services.AddSettings<CachingOptions>(configuration, CachingOptions.Section);
var visitors = services.AddSettings<VisitorOptions>(configuration, VisitorOptions.Section);
var cors = services.AddSettings<CorsOptions>(configuration, CorsOptions.Section);
services.AddSettings<ShardOptions>(configuration, ShardOptions.Section);
services.AddSettings<ShutdownOptions>(configuration, ShutdownOptions.Section);
services.AddSettings<StreamOptions>(configuration, StreamOptions.Section);
services.AddSettings<AdmissionOptions>(configuration, AdmissionOptions.Section);
services.AddSettings<StorefrontsOptions>(configuration, "");
services.AddSettings<IdempotencyOptions>(configuration, IdempotencyOptions.Section);
services.AddSettings<RateLimitOptions>(configuration, RateLimitOptions.Section);

services.AddVisitors(visitors, builder.AddTokens(nameof(AuthOptions.Players), nameof(AuthOptions.Administrators)));
services.AddReadModelRedis(connections.RedisReadModels).AddSingleton(new ReadModelKeys(readModels.Prefix));
services.AddMemcached(connections.Memcached);
services.AddReadModelCaching(caching);
services.AddClockSkew((provider, _) => provider.GetRequiredService<ReadModelRedis>().GetTimeAsync());
services.AddStreams().AddAdmission();
services.AddSingleton<ClaimFingerprints>().AddSingleton<UnexpectedFailures>().AddSingleton<RefusalLog>().AddSingleton<ClaimRateLimit>()
    .AddSingleton<EarlyRefusal>().AddSingleton<ClaimSubmission>().AddSingleton<ClaimLineHandler>().AddSingleton<PostClaim>()
    .AddSingleton<PostClaims>().AddSingleton<ClaimStreamLimit>().AddSingleton<StreamClaims>()
    .AddSingleton<GetClaim>().AddSingleton<AdminBus>();
services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
services.AddCrossOrigin(cors);
services.AddServiceStatus();
services.AddOpenApiDocument();
services.AddBus(
    configuration,
    connections.RabbitMq,
    bus =>
    {
        bus.AddConsumer<BusClaimConsumer>();
        // Without RabbitMQ the Api still serves reads.
        bus.ConfigureHealthCheckOptions(health => (health.Name, health.MinimalFailureStatus) = ("bus", HealthStatus.Degraded));
    },
    (context, rabbit) =>
    {
        // The queue for replies to commands. The broker's user may declare no queue with another prefix.
        rabbit.OverrideDefaultBusEndpointQueueName($"{BusNames.ApiAnswersPrefix}{Ids.Fresh():N}");
        context.GetRequiredService<OutcomeReplies>().Configure(rabbit);
        rabbit.ReceiveEndpoint(BusNames.ClaimIntakeQueue, endpoint => BusClaimConsumer.Configure(endpoint, context));
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UsePoolLimits();
app.UseRefusalLog();
app.UseStatusHeader();
app.UseMonotonicReads();
app.UseProblems();
app.UseSecurityHeaders();
app.UseContentCodings();
app.UseWebPage();
app.UseHeadRequests();
app.UseVaryByOrigin();
app.UseFastClaimRoute();
app.UseRouting();
app.UseCrossOrigin();
app.UseAllowedMethods();
app.UseAuthentication().UseAuthorization();
app.UseBodyLimits();
app.MapOperations();
app.MapOpenApiDocument();
// The edge proxy can return these for any route.
var v1 = app.MapGroup(ApiPaths.Root)
    .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
v1.MapGroup("").WithTags("Claims").MapClaims();
v1.MapGroup("").WithTags("Treasures").MapTreasures();
v1.MapGroup("").WithTags("Hunts").MapHunts();
v1.MapGroup("").WithTags("Hunts").MapStreams();
v1.MapGroup("").WithTags("Administration").MapAdmin();
v1.MapGroup("").WithTags("Visitors").MapVisitors();
v1.MapGroup("").WithTags("Status").MapStatus();
await app.RunAsync();
return 0;
