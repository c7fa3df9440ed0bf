namespace TreasureHunt.Platform.Memcached;

/// <summary>
/// The right to fill a key once. It is valid until any client writes or deletes the key, or the connection that gave it is lost.
/// </summary>
public readonly record struct CacheLease
{
    internal CacheLease(ulong token, long connection) => (Token, Connection) = (token, connection);

    internal ulong Token { get; }

    /// <summary>A restarted server counts tokens from 1 again: a token is valid only on the connection that it came from.</summary>
    internal long Connection { get; }
}
