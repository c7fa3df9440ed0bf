using System.Collections.Concurrent;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>
/// A token bucket for each key. A bucket that is full again is the same as none and is removed, so memory follows the callers of the last
/// seconds.
/// </summary>
/// <param name="perSecond">Tokens that a bucket gains a second.</param>
/// <param name="burst">Tokens that a full bucket holds.</param>
public sealed class TokenBuckets(double perSecond, int burst, TimeProvider timeProvider)
{
    /// <summary>Buckets at most. Callers beyond that are not limited until others have become full.</summary>
    private const int MaxBuckets = 200_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    // Time is counted in timestamp ticks: what one token takes to come back, and what a whole bucket takes.
    private readonly long _perToken = Math.Max(1, (long)(timeProvider.TimestampFrequency / perSecond));
    private readonly long _perBucket = Math.Max(1, (long)(timeProvider.TimestampFrequency / perSecond)) * burst;
    private long _sweepAt = timeProvider.GetTimestamp();

    // Counted here: the dictionary's own count takes each of its locks, and it would be asked for each player that comes anew.
    private int _count;

    /// <summary>How many buckets there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a token if there is one.</summary>
    public Taken Take(string key)
    {
        var now = timeProvider.GetTimestamp();
        Sweep(now);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            if (Count >= MaxBuckets)
            {
                return new Taken(true, burst, TimeSpan.Zero);
            }

            var added = new Bucket();
            bucket = _buckets.GetOrAdd(key, added);
            if (bucket == added)
            {
                Interlocked.Increment(ref _count);
            }
        }

        // The generic cell rate algorithm: one number, the moment at which the bucket is full again.
        while (true)
        {
            var known = Volatile.Read(ref bucket.FullAt);
            var fullAt = Math.Max(known, now) + _perToken;
            if (fullAt - now > _perBucket)
            {
                return new Taken(false, 0, TimeSpan.FromSeconds((fullAt - now - _perBucket) / (double)timeProvider.TimestampFrequency));
            }

            if (Interlocked.CompareExchange(ref bucket.FullAt, fullAt, known) == known)
            {
                return new Taken(true, (int)((_perBucket - (fullAt - now)) / _perToken), TimeSpan.Zero);
            }
        }
    }

    private void Sweep(long now)
    {
        var due = Volatile.Read(ref _sweepAt);
        // Once in the time that a bucket takes to fill, and at most once a second.
        if (now < due || Interlocked.CompareExchange(ref _sweepAt, now + Math.Max(_perBucket, timeProvider.TimestampFrequency), due) != due)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (Volatile.Read(ref bucket.FullAt) <= now)
            {
                // Whoever took a token from it just now gets that one back: no more.
                if (_buckets.TryRemove(key, out _))
                {
                    Interlocked.Decrement(ref _count);
                }
            }
        }
    }

    /// <param name="Ok">Whether there was a token.</param>
    /// <param name="Left">Tokens that are left.</param>
    /// <param name="Wait">Until there is one again.</param>
    public readonly record struct Taken(bool Ok, int Left, TimeSpan Wait);

    private sealed class Bucket
    {
        public long FullAt;
    }
}
