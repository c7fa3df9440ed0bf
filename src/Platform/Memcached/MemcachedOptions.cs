namespace TreasureHunt.Platform.Memcached;

/// <summary>The servers of the Memcached client, its timeouts and its limits.</summary>
public sealed class MemcachedOptions
{
    /// <summary>
    /// Servers as <c>host:port</c>; at least one. The names decide which server holds a key, so every process must list the same names.
    /// </summary>
    public IReadOnlyList<string> Servers { get; set; } = [];

    /// <summary>How long a caller waits for one reply. 1 ms to 1 minute; default 400 ms.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Time to connect, including the server's first reply. 1 ms to 1 minute; default 2 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A connection with a reply that is late by this much is closed and replaced. <see cref="Timeout"/> to 10 minutes; default 2 s.
    /// </summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause after a connection is lost; doubles with each failed attempt. 1 ms to 1 minute; default 50 ms.</summary>
    public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest pause between two attempts. <see cref="ReconnectDelay"/> to 10 minutes; default 2 s.</summary>
    public TimeSpan MaxReconnectDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Pending replies of one connection; a further request fails at once. 1 to 1,000,000; default 4,096.</summary>
    public int MaxPending { get; set; } = 4096;

    /// <summary>Unsent bytes of one connection; beyond that a request fails at once. 1 KiB to 1 GiB; default 16 MiB.</summary>
    public int MaxUnsentBytes { get; set; } = 16 << 20;

    /// <summary>
    /// The largest value, in bytes. 1 to 64 MiB; default 1,000,000, which fits a server with its default item size whatever the key.
    /// </summary>
    public int MaxValueBytes { get; set; } = 1_000_000;

    /// <summary>
    /// How long a caller with a lease may take to fill the key; then another reader can get the lease. 1 s to 1 hour; default 30 s.
    /// </summary>
    public TimeSpan LeaseTtl { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Options with the servers of a connection string: <c>host:port</c>, separated by commas; the default port is 11211.
    /// </summary>
    /// <exception cref="ArgumentException">The string names no server, or a malformed one.</exception>
    public static MemcachedOptions Parse(string connectionString)
    {
        var servers = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var options = new MemcachedOptions { Servers = servers };
        options.Validate();
        return options;
    }
}
