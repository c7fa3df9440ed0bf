using TreasureHunt.Platform.ReadModels;

namespace TreasureHunt.Platform.Memcached;

/// <summary>What became of a stamped write.</summary>
public enum VersionedWrite
{
    /// <summary>The value is in the cache.</summary>
    Stored,

    /// <summary>The value that is there has the same sequence or a newer one.</summary>
    OlderIgnored,
}

/// <summary>Writes that are safe to repeat and to reorder.</summary>
public static class SetIfNewer
{
    /// <summary>Others write too; each lost attempt means that one of them got through.</summary>
    private const int MaxAttempts = 100;

    /// <summary>
    /// Writes a value unless the key holds one of the same sequence or a newer one; any value that is not a <see cref="VersionedValue"/>
    /// is older. Writers may race, and the newest wins. The cache knows only what it holds: after a key expired or was evicted,
    /// an old write is as good as any, so repeat old writes no longer than you can bear to see them.
    /// </summary>
    /// <exception cref="MemcachedException">The cache cannot answer; <see cref="MemcachedFailure.Refused"/> also when a hundred others got in between.</exception>
    /// <exception cref="ArgumentException">The key, the value or the time to live is out of range.</exception>
    public static async ValueTask<VersionedWrite> SetIfNewerAsync(
        this MemcachedClient cache, string key, VersionedValue value, TimeSpan timeToLive, CancellationToken cancellationToken = default)
    {
        var bytes = cache.Checked(value.ToBytes());
        var seconds = MemcachedClient.SecondsOf(timeToLive);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var read = await cache.SendAsync(new Request(Verb.Peek, key), cancellationToken);
            if (read.IsHit && VersionedValue.TryParse(read.Value, out var there) && there.Sequence >= value.Sequence)
            {
                // Reading a stale value may have won its lease, which is meant for somebody who will fill.
                if (read.Won)
                    await cache.SendAsync(new Request(Verb.ReturnLease, key, Lease: read.Seen), cancellationToken);

                return VersionedWrite.OlderIgnored;
            }

            var write = read.Seen is { } seen
                ? new Request(Verb.Fill, key, seconds, bytes, seen)
                : new Request(Verb.Add, key, seconds, bytes);
            if ((await cache.SendAsync(write, cancellationToken)).Code == ReplyCode.Done)
                return VersionedWrite.Stored;
        }

        throw new MemcachedException(MemcachedFailure.Refused, $"Others wrote a memcached key in between, {MaxAttempts} times.");
    }
}
