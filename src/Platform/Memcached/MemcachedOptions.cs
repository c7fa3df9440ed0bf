using TreasureHunt.Platform.Memcached.Connections;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>How to reach memcached, and how long to wait for it.</summary>
public sealed class MemcachedOptions
{
    /// <summary>
    /// Servers as <c>host:port</c>; at least one. Every process must list the same names, for they decide which server holds a key.
    /// </summary>
    public IReadOnlyList<string> Servers { get; set; } = [];

    /// <summary>How long a caller waits for one reply. 1 ms to 1 minute; default 400 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long making a connection may take, up to the server's first answer. 1 ms to 1 minute; default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A connection that owes a reply for this long is dropped and made anew. <see cref="Timeout"/> to 10 minutes; default 2 s.
    /// </summary>
    public TimeSpan DeadAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause after a connection is lost; doubles with each failed attempt. 1 ms to 1 minute; default 50 ms.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two attempts. <see cref="ReconnectDelay"/> to 10 minutes; default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Replies that one connection may owe at once; more fails at once. 1 to 1,000,000; default 4,096.</summary>
    public int MaxPending { get; set; } = 4096;

    /// <summary>
    /// Bytes that may wait for one connection to take them; a request on top of more fails at once. 1 KiB to 1 GiB; default 16 MiB.
    /// </summary>
    public int MaxUnsentBytes { get; set; } = 16 << 20;

    /// <summary>
    /// The largest value, in bytes. 1 to 64 MiB; default 1,000,000, which fits a server with its default item size whatever the key.
    /// </summary>
    public int MaxValueBytes { get; set; } = 1_000_000;

    /// <summary>
    /// How long the winner of a lease may take to fill; then the next reader may win it. 1 s to 1 hour, whole seconds; default 30 s.
    /// </summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a value marked stale may still be served while somebody fetches a new one. 1 s to 1 hour, whole seconds; default 30 s.
    /// </summary>
    public TimeSpan StaleTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Options with the servers of a connection string: <c>host:port</c>, separated by commas; the port may be left out (11211).
    /// </summary>
    /// <exception cref="ArgumentException">No server is named, or one is malformed.</exception>
    public static MemcachedOptions Parse(string connectionString)
    {
        var servers = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var options = new MemcachedOptions { Servers = servers };
        options.Validate();
        return options;
    }

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (Servers.Count == 0)
        {
            throw new ArgumentException("Memcached needs at least one server.", nameof(Servers));
        }

        foreach (var server in Servers)
        {
            _ = ServerName.Parse(server);
        }

        if (Servers.Distinct(StringComparer.Ordinal).Count() != Servers.Count)
        {
            throw new ArgumentException("A memcached server is listed twice.", nameof(Servers));
        }

        var millisecond = TimeSpan.FromMilliseconds(1);
        var (second, minute, hour) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        Within(Timeout, millisecond, minute, nameof(Timeout));
        Within(ConnectTimeout, millisecond, minute, nameof(ConnectTimeout));
        Within(DeadAfter, Timeout, TimeSpan.FromMinutes(10), nameof(DeadAfter));
        Within(ReconnectDelay, millisecond, minute, nameof(ReconnectDelay));
        Within(MaxReconnectDelay, ReconnectDelay, TimeSpan.FromMinutes(10), nameof(MaxReconnectDelay));
        Within(MaxPending, 1, 1_000_000, nameof(MaxPending));
        Within(MaxUnsentBytes, 1 << 10, 1 << 30, nameof(MaxUnsentBytes));
        Within(MaxValueBytes, 1, ReplyReader.MaxValueBytes, nameof(MaxValueBytes));
        Within(LeaseTime, second, hour, nameof(LeaseTime));
        Within(StaleTime, second, hour, nameof(StaleTime));
    }

    private static void Within<T>(T value, T least, T most, string name) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"Memcached {name} must be {least} to {most}.");
        }
    }
}
