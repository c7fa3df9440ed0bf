using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>Writes that are safe to repeat and to reorder.</summary>
public static class ConditionalWrites
{
    /// <summary>Each lost attempt means that another client has written the key.</summary>
    private const int MaxAttempts = 100;

    /// <summary>
    /// Writes a value unless the key holds a value that must be kept, such as a newer one. Writers may race: each compares its value with
    /// the value that it replaces. A key that has expired or was evicted has no value to compare, so an old value may be written then.
    /// </summary>
    /// <param name="mustKeep">Returns whether the value in the cache must be kept.</param>
    /// <param name="timeToLive">1 second to 30 days.</param>
    /// <exception cref="MemcachedException">
    /// The cache does not answer; <see cref="MemcachedFailure.Refused"/> also when other clients wrote the key 100 times in between.
    /// </exception>
    /// <exception cref="ArgumentException">The key, the value or the time to live is out of range.</exception>
    public static async ValueTask<ConditionalWrite> SetUnlessAsync(
        this MemcachedClient cache, string key, ReadOnlyMemory<byte> value, Func<ReadOnlyMemory<byte>, bool> mustKeep, TimeSpan timeToLive,
        CancellationToken cancellationToken = default)
    {
        cache.ValidateValue(value);
        var seconds = MemcachedClient.ToSeconds(timeToLive);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var current = await cache.SendAsync(new Request(Verb.Peek, key), cancellationToken);
            if (current.IsHit && mustKeep(current.Value))
            {
                return ConditionalWrite.Kept;
            }

            var write = current.Lease is { } lease
                ? new Request(Verb.Fill, key, seconds, value, lease)
                : new Request(Verb.Add, key, seconds, value);
            if ((await cache.SendAsync(write, cancellationToken)).Code == ReplyCode.Done)
            {
                return ConditionalWrite.Stored;
            }
        }

        throw new MemcachedException(MemcachedFailure.Refused, $"Other clients wrote a memcached key in between, {MaxAttempts} times.");
    }
}
