using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Api;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Bus;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;

if (HealthProbe.IsAsked(args))
{
    return await HealthProbe.Ask();
}

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = SettingsCheck.SettingsOf(args), ContentRootPath = AppContext.BaseDirectory });
var configuration = builder.Configuration;
builder.AddHostDefaults("api");
// With the usual 512 the kernel drops connections when a crowd comes at once, and they are tried again seconds later.
builder.WebHost.UseSockets(sockets => sockets.Backlog = 4096);
builder.Services.AddTokens(configuration);
builder.Services.AddReadModelRedis(configuration);
builder.Services.AddMemcached(configuration.Required("Memcached", "the cache in front of Redis"));
builder.Services.AddReading();
builder.Services.AddSingleton<HuntSnapshots>().AddSingleton<WatchedHunts>();
builder.Services.AddSingleton<PendingClaims>().AddSingleton<Waiters>().AddSingleton<Replies>().AddSingleton<Intake>();
builder.Services.AddSingleton<UnexpectedFailures>().AddSingleton<PostClaim>().AddSingleton<GetClaim>().AddSingleton<AdminBus>();
builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
builder.Services.AddStatus();
builder.Services.AddOpenApiDocument();
builder.Services.AddBus(
    configuration,
    bus =>
    {
        bus.AddConsumer<BusIntake>();
        // Without a broker the Api still reads.
        bus.ConfigureHealthCheckOptions(health => (health.Name, health.MinimalFailureStatus) = ("bus", HealthStatus.Degraded));
    },
    (context, rabbit) =>
    {
        context.GetRequiredService<Replies>().Configure(rabbit);
        rabbit.ReceiveEndpoint(BusNames.ClaimIntakeQueue, endpoint => BusIntake.Configure(endpoint, context));
    });

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UseStatus();
app.UseMovedReaders();
app.UseProblems();
app.UsePage();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
app.MapOpenApi();
var v1 = app.MapGroup("/v1");
v1.MapClaims();
v1.MapTreasures();
v1.MapHunts();
v1.MapStreams();
v1.MapAdmin();
v1.MapVisitors(configuration);
v1.MapStatus();
await app.RunAsync();
return 0;
