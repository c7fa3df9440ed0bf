using Microsoft.Extensions.DependencyInjection;

namespace TreasureHunt.Platform.Redis;

/// <summary>Adds the Redis Cluster with the read models.</summary>
public static class RedisRegistration
{
    /// <param name="endpoints">Nodes of the cluster, as in <c>ConnectionStrings__RedisReadModels</c>.</param>
    public static IServiceCollection AddReadModelRedis(this IServiceCollection services, string endpoints) =>
        services.AddSingleton(_ => ReadModelRedis.Connect(endpoints));
}
