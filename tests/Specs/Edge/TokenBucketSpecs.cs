using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Edge;

public class TokenBucketSpecs
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_is_allowed_and_then_the_refill_rate_applies()
    {
        var buckets = new TokenBuckets(10, 4, _time);

        Assert.Equal([3, 2, 1, 0], Enumerable.Range(0, 4).Select(_ => buckets.Take("alice").Remaining));
        var refused = buckets.Take("alice");
        Assert.Equal((false, 0, TimeSpan.FromMilliseconds(100)), (refused.IsAllowed, refused.Remaining, refused.RetryAfter));

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(buckets.Take("alice").IsAllowed);
        Assert.False(buckets.Take("alice").IsAllowed);

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, buckets.Take("alice").Remaining);
    }

    [Fact]
    public void Callers_do_not_share_a_bucket()
    {
        var buckets = new TokenBuckets(0.5, 1, _time);

        Assert.True(buckets.Take("alice").IsAllowed);
        Assert.True(buckets.Take("bob").IsAllowed);
        Assert.Equal(TimeSpan.FromSeconds(2), buckets.Take("alice").RetryAfter);
    }

    [Fact]
    public void Full_buckets_are_removed()
    {
        var buckets = new TokenBuckets(10, 40, _time);
        for (var n = 0; n < 1_000; n++)
        {
            buckets.Take($"player-{n}");
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        buckets.Take("alice");

        Assert.Equal(1, buckets.Count);
    }

    [Fact]
    public void Concurrent_callers_get_no_more_than_the_burst()
    {
        var buckets = new TokenBuckets(1, 100, _time);
        var taken = 0;

        Parallel.For(0, 1_000, _ => Interlocked.Add(ref taken, buckets.Take("alice").IsAllowed ? 1 : 0));

        Assert.Equal(100, taken);
    }
}
