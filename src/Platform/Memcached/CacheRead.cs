namespace TreasureHunt.Platform.Memcached;

/// <summary>Whether a read found a value.</summary>
public enum CacheStatus
{
    /// <summary>The key is absent, or holds a placeholder that another caller is about to fill.</summary>
    Miss,

    /// <summary>The key has a value.</summary>
    Hit,
}

/// <summary>The result of a read.</summary>
/// <param name="Value">The value, owned by the caller; empty on a miss.</param>
/// <param name="Lease">Set for the one caller that should fetch the value and fill the key; null for every other caller.</param>
public readonly record struct CacheRead(CacheStatus Status, ReadOnlyMemory<byte> Value, CacheLease? Lease);
