using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached;

/// <summary>The result of a conditional write.</summary>
public enum ConditionalWrite
{
    /// <summary>The value is in the cache.</summary>
    Stored,

    /// <summary>The cache keeps the value that it holds.</summary>
    Kept,
}

/// <summary>Writes that are safe to repeat and to reorder.</summary>
public static class ConditionalWrites
{
    /// <summary>Others write too; each lost attempt means that one of them got through.</summary>
    private const int MaxAttempts = 100;

    /// <summary>
    /// Writes a value unless the key holds a value that must be kept, such as a newer one. Writers may race: each of them compares its own
    /// value with the value that it replaces. A key that has expired or was evicted holds nothing to compare with, so an old value can be
    /// written then.
    /// </summary>
    /// <param name="keeps">Whether the value that the cache holds must be kept.</param>
    /// <exception cref="MemcachedException">
    /// The cache cannot answer; <see cref="MemcachedFailure.Refused"/> also when a hundred others got in between.
    /// </exception>
    /// <exception cref="ArgumentException">The key, the value or the time to live is out of range.</exception>
    public static async ValueTask<ConditionalWrite> SetUnlessAsync(
        this MemcachedClient cache, string key, ReadOnlyMemory<byte> value, Func<ReadOnlyMemory<byte>, bool> keeps, TimeSpan timeToLive,
        CancellationToken cancellationToken = default)
    {
        var bytes = cache.Checked(value);
        var seconds = MemcachedClient.SecondsOf(timeToLive);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await cache.SendAsync(new Request(Verb.Peek, key), cancellationToken);
            if (read.IsHit && keeps(read.Value))
            {
                // Reading a stale value may have won its lease, which is meant for somebody who will fill.
                if (read.Won)
                {
                    await cache.SendAsync(new Request(Verb.ReturnLease, key, Lease: read.Seen), cancellationToken);
                }

                return ConditionalWrite.Kept;
            }

            var write = read.Seen is { } seen
                ? new Request(Verb.Fill, key, seconds, bytes, seen)
                : new Request(Verb.Add, key, seconds, bytes);
            if ((await cache.SendAsync(write, cancellationToken)).Code == ReplyCode.Done)
            {
                return ConditionalWrite.Stored;
            }
        }

        throw new MemcachedException(MemcachedFailure.Refused, $"Others wrote a memcached key in between, {MaxAttempts} times.");
    }
}
