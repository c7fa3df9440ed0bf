using TreasureHunt.Api.Admission;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The limit of requests in progress, from their rate and their waits.</summary>
public sealed class OverloadLimitSpecs
{
    private const int Min = 10;

    private readonly OverloadLimit _limit = new(TimeSpan.FromMilliseconds(50), Min);
    private TimeSpan _now;

    [Fact]
    public void Without_requests_there_is_room_for_a_burst() => Assert.Equal(OverloadLimit.MinBurst, _limit.Current);

    [Fact]
    public void While_answers_are_fast_the_limit_is_half_a_second_of_them()
    {
        Run(seconds: 5, perSecond: 10_000, waitMs: 20);

        Assert.InRange(_limit.Current, 4_900, 5_100);
    }

    [Fact]
    public void A_pause_of_the_machine_is_no_overload()
    {
        Run(seconds: 5, perSecond: 1_000, waitMs: 20);
        Run(seconds: 0.4, perSecond: 1_000, waitMs: 300);
        Run(seconds: 5, perSecond: 1_000, waitMs: 20);

        Assert.Equal(OverloadLimit.MinBurst, _limit.Current);
    }

    [Fact]
    public void In_an_overload_the_limit_is_the_rate_multiplied_by_the_wait()
    {
        Run(seconds: 5, perSecond: 1_000, waitMs: 20);
        Run(seconds: 2, perSecond: 2_000, waitMs: 100);

        // 2,000 a second × 50 ms.
        Assert.InRange(_limit.Current, 90, 110);
    }

    [Fact]
    public void The_limit_follows_the_rate()
    {
        Run(seconds: 2, perSecond: 2_000, waitMs: 100);
        Run(seconds: 3, perSecond: 1_000, waitMs: 100);

        Assert.InRange(_limit.Current, 45, 55);
    }

    [Fact]
    public void A_minority_of_slow_answers_is_no_overload()
    {
        for (var second = 0; second < 10; second++)
        {
            Run(seconds: 0.6, perSecond: 1_000, waitMs: 20);
            Run(seconds: 0.4, perSecond: 1_000, waitMs: 60);
        }

        Assert.Equal(OverloadLimit.MinBurst, _limit.Current);
    }

    [Fact]
    public void The_limit_has_a_minimum()
    {
        Run(seconds: 2, perSecond: 20, waitMs: 500);

        Assert.Equal(Min, _limit.Current);
    }

    [Fact]
    public void The_overload_ends_when_the_limit_is_not_reached_for_a_while()
    {
        Run(seconds: 2, perSecond: 2_000, waitMs: 100);
        Run(seconds: 1, perSecond: 1_000, waitMs: 20);

        Assert.Equal(OverloadLimit.MinBurst, _limit.Current);
    }

    [Fact]
    public void Answers_in_batches_are_measured_as_a_rate()
    {
        // 100 requests each 200 ms are 500 a second; each takes 200 ms.
        for (var batch = 0; batch < 20; batch++)
        {
            Begin(100);
            _now += TimeSpan.FromMilliseconds(200);
            End(100, TimeSpan.FromMilliseconds(200));
        }

        Assert.InRange(_limit.Current, 20, 30);
    }

    [Fact]
    public void A_second_without_answers_ends_the_overload()
    {
        Run(seconds: 2, perSecond: 2_000, waitMs: 100);
        _now += TimeSpan.FromSeconds(1.1);
        Begin(1);

        Assert.Equal(OverloadLimit.MinBurst, _limit.Current);
    }

    // Requests at a constant rate, each with the same wait.
    private void Run(double seconds, int perSecond, int waitMs)
    {
        var (step, wait) = (TimeSpan.FromSeconds(1.0 / perSecond), TimeSpan.FromMilliseconds(waitMs));
        var end = _now + TimeSpan.FromSeconds(seconds);
        var begun = new Queue<TimeSpan>();
        for (; _now < end; _now += step)
        {
            while (begun.TryPeek(out var first) && first + wait <= _now)
            {
                End(1, wait);
                begun.Dequeue();
            }

            Begin(1);
            begun.Enqueue(_now);
        }

        // The rest is answered at once, so that the next run begins without requests.
        End(begun.Count, wait);
    }

    private void Begin(int count)
    {
        for (var request = 0; request < count; request++)
        {
            _limit.Begin(_now);
        }
    }

    private void End(int count, TimeSpan wait)
    {
        for (var request = 0; request < count; request++)
        {
            _limit.End(_now, wait);
        }
    }
}
