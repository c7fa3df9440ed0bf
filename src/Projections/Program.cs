using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Store;
using TreasureHunt.Projections;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.Audit;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Folding;

if (HealthProbe.IsAsked(args))
{
    return await HealthProbe.Ask();
}

var builder = WebApplication.CreateBuilder(args);
var configuration = builder.Configuration;
builder.AddHostDefaults("projections");
builder.Services.AddTokens(configuration);
builder.Services.AddReadModelRedis(configuration);
builder.Services.AddMemcached(configuration.Required("Memcached", "the cache in front of Redis"));
builder.Services.AddEventStore(configuration, Store.Configure, Store.SessionSettings).AddSubscriptions();
builder.Services.AddHostedService<Leadership>();
builder.Services.AddSingleton<GuardedRedis>().AddSingleton<Lag>().AddSingleton<LogReader>().AddSingleton<Auditor>();
builder.Services.AddSingleton<EventsExchange>();

var app = builder.Build();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
var admin = app.MapGroup("/admin").RequireAuthorization(Tokens.Admin);
admin.MapFeed();
admin.MapLag();
admin.MapAudit();
await app.RunAsync();
return 0;
