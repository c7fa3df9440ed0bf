using StackExchange.Redis;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Nodes of one Redis Cluster, or one server.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal class RedisConnectionAttribute : ConnectionStringAttribute
{
    public override string Format => "host:port,host:port,…";

    protected override string Mask(string connection) => ConfigurationOptions.Parse(connection).ToString(includePassword: false);

    protected override string? FindProblem(string connection) =>
        ConfigurationOptions.Parse(connection).EndPoints is { Count: > 0 } ? null : "it names no server.";
}
