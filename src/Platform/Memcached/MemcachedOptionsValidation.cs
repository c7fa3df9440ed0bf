using TreasureHunt.Platform.Memcached.Connections;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>Checks the servers and the ranges of <see cref="MemcachedOptions"/>.</summary>
internal static class MemcachedOptionsValidation
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static void Validate(this MemcachedOptions options)
    {
        ValidateServers(options.Servers);
        ValidateRange(options.Timeout, Millisecond, Minute, nameof(options.Timeout));
        ValidateRange(options.ConnectTimeout, Millisecond, Minute, nameof(options.ConnectTimeout));
        ValidateRange(options.StallTimeout, options.Timeout, Minute * 10, nameof(options.StallTimeout));
        ValidateRange(options.ReconnectDelay, Millisecond, Minute, nameof(options.ReconnectDelay));
        ValidateRange(options.MaxReconnectDelay, options.ReconnectDelay, Minute * 10, nameof(options.MaxReconnectDelay));
        ValidateRange(options.MaxPending, 1, 1_000_000, nameof(options.MaxPending));
        ValidateRange(options.MaxUnsentBytes, 1 << 10, 1 << 30, nameof(options.MaxUnsentBytes));
        ValidateRange(options.MaxValueBytes, 1, ReplyReader.MaxValueBytes, nameof(options.MaxValueBytes));
        ValidateRange(options.LeaseTtl, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.LeaseTtl));
    }

    private static void ValidateServers(IReadOnlyList<string> servers)
    {
        if (servers.Count == 0)
        {
            throw new ArgumentException("Memcached needs at least one server.", nameof(servers));
        }

        foreach (var server in servers)
        {
            _ = ServerName.Parse(server);
        }

        if (servers.Distinct(StringComparer.Ordinal).Count() != servers.Count)
        {
            throw new ArgumentException("A memcached server is listed twice.", nameof(servers));
        }
    }

    private static void ValidateRange<T>(T value, T min, T max, string name) where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Memcached {name} must be {min} to {max}.");
        }
    }
}
