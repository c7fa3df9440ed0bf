using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Platform.Redis;

/// <summary>Adds the read-model cluster and the names of its keys.</summary>
public static class Registration
{
    public static IServiceCollection AddReadModelRedis(this IServiceCollection services, IConfiguration configuration)
    {
        var endpoints = configuration.Required("RedisReadModels", "the read-model cluster");
        return services
            .AddSingleton(_ => ReadModelRedis.Connect(endpoints))
            .AddSingleton(new Keys(configuration["ReadModels:Prefix"] ?? "th"));
    }
}
