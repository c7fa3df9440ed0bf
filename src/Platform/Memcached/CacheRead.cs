namespace TreasureHunt.Platform.Memcached;

/// <summary>Whether a read found a value.</summary>
public enum CacheStatus
{
    /// <summary>Nothing, or a placeholder that somebody is about to fill.</summary>
    Miss,

    /// <summary>A value, perhaps a stale one.</summary>
    Hit,
}

/// <summary>
/// The right to fill a key once: good until the key is written, marked stale or deleted by anyone, or the connection that gave it is lost.
/// </summary>
public readonly record struct CacheLease
{
    internal CacheLease(ulong token, long connection) => (Token, Connection) = (token, connection);

    internal ulong Token { get; }

    /// <summary>Tokens start again from 1 when a server restarts, so one is only good on the connection that it came over.</summary>
    internal long Connection { get; }
}

/// <summary>What a read found.</summary>
/// <param name="Status">A hit may be <paramref name="Stale"/>.</param>
/// <param name="Value">The value, owned by the caller; empty on a miss.</param>
/// <param name="Stale">The value was marked stale: good enough while somebody fetches a new one.</param>
/// <param name="Lease">
/// Not null for the one caller that should fetch the value and fill it; everybody else leaves the cache as it is.
/// </param>
public readonly record struct CacheRead(CacheStatus Status, ReadOnlyMemory<byte> Value, bool Stale, CacheLease? Lease);
