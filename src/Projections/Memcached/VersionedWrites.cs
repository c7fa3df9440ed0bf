using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Memcached;

/// <summary>Writes of versioned values to Memcached that are safe to repeat and to reorder.</summary>
public static class VersionedWrites
{
    /// <summary>
    /// Writes a value unless the key holds one of the same sequence or a newer one. Any value that is not a <see cref="VersionedValue"/>
    /// counts as older.
    /// </summary>
    /// <exception cref="MemcachedException">
    /// The cache cannot answer; <see cref="MemcachedFailure.Refused"/> also when a hundred other writes came in between.
    /// </exception>
    /// <exception cref="ArgumentException">The key, the value or the time to live is out of range.</exception>
    public static ValueTask<ConditionalWrite> SetIfNewerAsync(
        this MemcachedClient cache, string key, VersionedValue value, TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        cache.SetUnlessAsync(
            key, value.ToBytes(), held => VersionedValue.TryParse(held, out var there) && there.Sequence >= value.Sequence, timeToLive,
            cancellationToken);
}
