using Marten;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.Claims;
using TreasureHunt.Projections.Folding;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Leaderboard;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.Projections.Treasures;

namespace TreasureHunt.Projections;

/// <summary>The subscriptions over the log, and how soon the daemon notices a commit.</summary>
public static class Store
{
    /// <summary>
    /// This host writes nothing but its own progress. After a crash of the database a little of that may be missing, and the
    /// pages are applied again; waiting for the disk five times a page would only make everybody late.
    /// </summary>
    public const string SessionSettings = "-c synchronous_commit=off";

    public static void Configure(IServiceProvider services, StoreOptions options)
    {
        options.Projections.Wakeup = ActivatorUtilities.CreateInstance<RedisWakeup>(services);
        // Without a pulse: how soon new events are seen while there is work, and while there is none.
        options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(50);
        options.Projections.SlowPollingTime = TimeSpan.FromMilliseconds(250);
    }

    /// <summary>Adds the subscriptions; each is a shard of its own.</summary>
    public static MartenServiceCollectionExtensions.MartenConfigurationExpression AddSubscriptions(
        this MartenServiceCollectionExtensions.MartenConfigurationExpression marten) => marten
        .AddSubscriptionWithServices<HuntsSubscription>(ServiceLifetime.Singleton)
        .AddSubscriptionWithServices<TreasuresSubscription>(ServiceLifetime.Singleton)
        .AddSubscriptionWithServices<ClaimsSubscription>(ServiceLifetime.Singleton)
        .AddSubscriptionWithServices<LeaderboardSubscription>(ServiceLifetime.Singleton)
        .AddSubscriptionWithServices<MemcachedSubscription>(ServiceLifetime.Singleton)
        .AddSubscriptionWithServices<AnalyticsSubscription>(ServiceLifetime.Singleton);
}
