using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.Claims;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Leaderboard;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections;

/// <summary>The subscriptions over the log, and how soon the daemon notices a commit.</summary>
public static class ProjectionEventStore
{
    /// <summary>
    /// This host writes nothing but its own progress. After a crash of the database a little of that may be missing, and the
    /// pages are applied again; waiting for the disk at every page would only make everybody late. Each statement is planned
    /// anew: a plan that was made while the table of events was nearly empty scans the whole table with every query.
    /// </summary>
    public const string SessionSettings = "-c synchronous_commit=off -c plan_cache_mode=force_custom_plan";

    private const string Redis = "redis";

    public static void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Projections.Wakeup = ActivatorUtilities.CreateInstance<CommitSubscriber>(services);
        // Without a pulse: how soon new events are seen while there is work, and while there is none.
        options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(50);
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);
        foreach (var store in services.GetServices<LiveReadModel>().GroupBy(model => model.Kind.Store))
        {
            options.Projections.Subscribe(new ReadModelSubscription(store.Key, [.. store], services.GetRequiredService<LagMetrics>()));
        }

        options.Projections.Subscribe(ActivatorUtilities.CreateInstance<AnalyticsSubscription>(services));
    }

    /// <summary>Adds the read models that this host feeds.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .Add<HuntsReadModel>(ReadModelNames.Hunts, Redis, HuntsReadModel.Includes)
        .Add<TreasuresReadModel>(ReadModelNames.Treasures, Redis, TreasuresReadModel.Includes)
        .Add<MemcachedReadModel>(ReadModelNames.Memcached, ReadModelNames.Memcached, MemcachedReadModel.Includes)
        .Add<LeaderboardReadModel>(ReadModelNames.Leaderboard, Redis, LeaderboardReadModel.Includes)
        .Add<ClaimsReadModel>(ReadModelNames.Claims, Redis, ClaimsReadModel.Includes);

    private static IServiceCollection Add<TReadModel>(
        this IServiceCollection services, string name, string store, Func<Type, bool> includes)
        where TReadModel : IReadModel => services.AddSingleton(provider => new LiveReadModel(new ReadModelKind(
            name,
            store,
            EventNames.All.Keys.Where(includes).ToHashSet(),
            generation => ActivatorUtilities.CreateInstance<TReadModel>(provider, generation))));
}
