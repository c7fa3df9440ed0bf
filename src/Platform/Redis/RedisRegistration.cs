using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Contracts.ReadModels;

namespace TreasureHunt.Platform.Redis;

/// <summary>Adds the read-model cluster and the names of its keys.</summary>
public static class RedisRegistration
{
    /// <param name="endpoints">Nodes of the cluster, as in <c>ConnectionStrings__RedisReadModels</c>.</param>
    /// <param name="prefix">Prefix of every key.</param>
    public static IServiceCollection AddReadModelRedis(this IServiceCollection services, string endpoints, string prefix) =>
        services.AddSingleton(_ => ReadModelRedis.Connect(endpoints)).AddSingleton(new ReadModelKeys(prefix));
}
