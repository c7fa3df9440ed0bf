using StackExchange.Redis;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Independent Redis servers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RedisLocksConnectionAttribute : RedisConnectionAttribute
{
    public override string Format => "host:port;host:port;host:port";

    protected override string Mask(string connection) => string.Join(';', Masters(connection).Select(base.Mask));

    protected override string? FindProblem(string connection)
    {
        var masters = Masters(connection);
        return masters.Select(base.FindProblem).FirstOrDefault(problem => problem is not null)
            ?? (masters.SelectMany(master => ConfigurationOptions.Parse(master).EndPoints).GroupBy(endpoint => endpoint.ToString()).Any(
                same => same.Count() > 1)
                ? "it names a master twice; the masters must be independent."
                : null);
    }

    private static string[] Masters(string connection) =>
        connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
