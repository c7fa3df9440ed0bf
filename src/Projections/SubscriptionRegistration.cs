using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Subscriptions;

namespace TreasureHunt.Projections;

/// <summary>Registers the subscriptions to the event store, and the polling of the daemon.</summary>
public static class SubscriptionRegistration
{
    /// <summary>
    /// This host writes only its own progress, so it does not wait for the disk: after a crash of the database some progress may be
    /// missing, and those batches are applied again. Each statement gets a new plan, because a plan from the time when the table of
    /// events was nearly empty scans the whole table.
    /// </summary>
    public const string SessionSettings = "-c synchronous_commit=off -c plan_cache_mode=force_custom_plan";

    /// <summary>Interval at which the event store is polled while there are new events.</summary>
    private static readonly TimeSpan BusyPollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Readers keep values of Memcached in memory for longer than this. A view that changes with every batch is written less often.
    /// </summary>
    private static readonly TimeSpan MemcachedInterval = TimeSpan.FromMilliseconds(120);

    public static void Configure(IServiceProvider services, StoreOptions options)
    {
        var settings = services.GetRequiredService<ProjectionOptions>();
        options.Projections.Wakeup = ActivatorUtilities.CreateInstance<CommitSubscriber>(services);
        options.Projections.FastPollingTime = BusyPollInterval;
        options.Projections.SlowPollingTime = settings.IdlePollInterval;
    }

    /// <summary>Adds a subscription for the read models of each cache, and one for analytics.</summary>
    public static IServiceCollection AddSubscriptions(this IServiceCollection services)
    {
        foreach (var store in ReadModelRegistration.Stores)
        {
            services.AddSingleton<IEventSubscription>(provider => new ReadModelSubscription(
                store,
                store == ReadModelNames.Memcached ? MemcachedInterval : TimeSpan.Zero,
                [.. provider.GetServices<LiveReadModel>().Where(model => model.Definition.Store == store)],
                provider.GetRequiredService<LagMetrics>(),
                provider.GetRequiredService<ProjectionOptions>()));
        }

        return services.AddSingleton<IEventSubscription, AnalyticsSubscription>()
            .AddSingleton<SubscriptionProgress>()
            .AddSingleton<SubscriptionDaemon>();
    }
}
