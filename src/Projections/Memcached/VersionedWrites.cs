using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Memcached;

/// <summary>Writes of versioned values to Memcached. They may be repeated and reordered.</summary>
public static class VersionedWrites
{
    /// <summary>
    /// Writes a value unless the key holds one of the same sequence or a newer one. Any value that is not a <see cref="VersionedValue"/>
    /// counts as older.
    /// </summary>
    /// <exception cref="MemcachedException">
    /// The cache does not answer; <see cref="MemcachedFailure.Refused"/> also after a hundred conflicting writes.
    /// </exception>
    /// <exception cref="ArgumentException">The key, the value or the time to live is out of range.</exception>
    public static ValueTask<ConditionalWrite> SetIfNewerAsync(
        this MemcachedClient cache, string key, VersionedValue value, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        cache.SetUnlessAsync(
            key, value.ToBytes(), stored => VersionedValue.TryParse(stored, out var current) && current.Sequence >= value.Sequence,
            timeToLive, cancellationToken);
}
