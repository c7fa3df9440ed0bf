using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Memcached servers.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MemcachedConnectionAttribute : ConnectionStringAttribute
{
    public override string Format => "host:port,host:port,…";

    protected override string Mask(string connection) => connection;

    protected override string? FindProblem(string connection)
    {
        try
        {
            MemcachedOptions.Parse(connection);
            return null;
        }
        catch (ArgumentException unreadable)
        {
            // A Memcached connection string contains no password.
            return unreadable.Message.Split(" (Parameter", 2)[0];
        }
    }
}
