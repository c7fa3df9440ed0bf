using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Store;
using TreasureHunt.Projections;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.At;
using TreasureHunt.Projections.Audit;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Folding;
using TreasureHunt.Projections.Generations;
using TreasureHunt.Projections.Replay;

if (HealthProbe.IsAsked(args))
{
    return await HealthProbe.Ask();
}

var builder = WebApplication.CreateBuilder(SettingsCheck.SettingsOf(args));
var configuration = builder.Configuration;
builder.AddHostDefaults("projections");
builder.Services.AddTokens(configuration);
builder.Services.AddReadModelRedis(configuration);
builder.Services.AddMemcached(configuration.Required("Memcached", "the cache in front of Redis"));
builder.Services.AddEventStore(configuration, Store.Configure, Store.SessionSettings);
builder.Services.AddReadModels();
builder.Services.AddSingleton<Leadership>().AddHostedService(provider => provider.GetRequiredService<Leadership>());
builder.Services.AddHostedService<BackgroundAudit>();
builder.Services.AddSingleton<Lag>().AddSingleton<LogReader>().AddSingleton<FactReader>().AddSingleton<Auditor>();
builder.Services.AddSingleton<GenerationTable>().AddSingleton<GenerationStore>().AddSingleton<GenerationKeeper>();
builder.Services.AddSingleton<ReplayTable>().AddSingleton<GenerationComparison>().AddSingleton<Replayer>();
builder.Services.AddSingleton<EventsExchange>();

if (builder.CheckSettings(args) is { } exitCode)
{
    return exitCode;
}

var app = builder.Build();
app.UseAuthentication().UseAuthorization();
app.MapOperations();
var admin = app.MapGroup("/admin").RequireAuthorization(Tokens.Admin);
admin.MapFeed();
admin.MapLag();
admin.MapAudit();
admin.MapReplays();
admin.MapAt();
await app.RunAsync();
return 0;
