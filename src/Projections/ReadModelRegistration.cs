using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Claims;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Leaderboard;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.Projections.Treasures;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections;

/// <summary>The list of the read models.</summary>
public static class ReadModelRegistration
{
    private const string Redis = "redis";

    /// <summary>The names of the caches that hold read models.</summary>
    public static IReadOnlyList<string> Stores { get; } = [Redis, ReadModelNames.Memcached];

    /// <summary>
    /// Adds the read models. A new one is a line in this list, a class beside the others that implements <see cref="IReadModel"/>, and a
    /// name in <see cref="ReadModelNames"/>; the first start builds it from the event store.
    /// </summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .Add<HuntsReadModel>(ReadModelNames.Hunts, Redis, HuntsReadModel.Includes)
        .Add<TreasuresReadModel>(ReadModelNames.Treasures, Redis, TreasuresReadModel.Includes)
        .Add<MemcachedReadModel>(ReadModelNames.Memcached, ReadModelNames.Memcached, MemcachedReadModel.Includes)
        .Add<LeaderboardReadModel>(ReadModelNames.Leaderboard, Redis, LeaderboardReadModel.Includes)
        .Add<ClaimsReadModel>(ReadModelNames.Claims, Redis, ClaimsReadModel.Includes);

    private static IServiceCollection Add<TReadModel>(
        this IServiceCollection services, string name, string store, Func<Type, bool> includes)
        where TReadModel : IReadModel => services.AddSingleton(provider => new LiveReadModel(new ReadModelDefinition(
            name,
            store,
            EventNames.All.Keys.Where(includes).ToHashSet(),
            generation => ActivatorUtilities.CreateInstance<TReadModel>(provider, generation))));
}
