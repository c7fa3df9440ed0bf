using System.Collections.Concurrent;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>
/// A token bucket for each key. A full bucket is removed, because it equals a new one. So only the callers of the last seconds have
/// buckets.
/// </summary>
/// <param name="perSecond">Tokens that a bucket gains per second.</param>
/// <param name="burst">Tokens that a full bucket holds.</param>
public sealed class TokenBuckets(double perSecond, int burst, TimeProvider timeProvider)
{
    /// <summary>Callers above this number are not limited until other buckets are full and removed.</summary>
    private const int MaxBuckets = 200_000;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new();

    // In timestamp ticks: the time in which a bucket gains one token, and in which it fills.
    private readonly long _perToken = Math.Max(1, (long)(timeProvider.TimestampFrequency / perSecond));
    private readonly long _perBucket = Math.Max(1, (long)(timeProvider.TimestampFrequency / perSecond)) * burst;
    private long _sweepAt = timeProvider.GetTimestamp();

    // Counted separately: the count of the dictionary takes all of its locks, and it is needed for each new player.
    private int _count;

    /// <summary>The number of buckets.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a token if there is one.</summary>
    public TakeResult Take(string key)
    {
        var now = timeProvider.GetTimestamp();
        Sweep(now);
        if (!_buckets.TryGetValue(key, out var bucket))
        {
            if (Count >= MaxBuckets)
            {
                return new TakeResult(true, burst, TimeSpan.Zero);
            }

            var added = new Bucket();
            bucket = _buckets.GetOrAdd(key, added);
            if (bucket == added)
            {
                Interlocked.Increment(ref _count);
            }
        }

        // The generic cell rate algorithm: it stores one number, the time at which the bucket is full.
        while (true)
        {
            var known = Volatile.Read(ref bucket.FullAt);
            var fullAt = Math.Max(known, now) + _perToken;
            if (fullAt - now > _perBucket)
            {
                return new TakeResult(
                    false, 0, TimeSpan.FromSeconds((fullAt - now - _perBucket) / (double)timeProvider.TimestampFrequency));
            }

            if (Interlocked.CompareExchange(ref bucket.FullAt, fullAt, known) == known)
            {
                return new TakeResult(true, (int)((_perBucket - (fullAt - now)) / _perToken), TimeSpan.Zero);
            }
        }
    }

    private void Sweep(long now)
    {
        var due = Volatile.Read(ref _sweepAt);
        // Once in the time in which a bucket fills, and at most once a second.
        if (now < due || Interlocked.CompareExchange(ref _sweepAt, now + Math.Max(_perBucket, timeProvider.TimestampFrequency), due) != due)
        {
            return;
        }

        foreach (var (key, bucket) in _buckets)
        {
            if (Volatile.Read(ref bucket.FullAt) <= now)
            {
                // A caller that takes a token from the removed bucket at this moment finds a full one next: one token too many at most.
                if (_buckets.TryRemove(key, out _))
                {
                    Interlocked.Decrement(ref _count);
                }
            }
        }
    }

    /// <param name="IsAllowed">Whether the bucket had a token.</param>
    /// <param name="Remaining">The tokens that remain.</param>
    /// <param name="RetryAfter">The time until the bucket has a token.</param>
    public readonly record struct TakeResult(bool IsAllowed, int Remaining, TimeSpan RetryAfter);

    private sealed class Bucket
    {
        public long FullAt;
    }
}
