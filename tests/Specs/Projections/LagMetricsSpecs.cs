using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>The lag of a read model: percentiles since the last reset, exact to three digits.</summary>
public sealed class LagMetricsSpecs
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private readonly LagMetrics _lag = new(new FixedTime());

    [Fact]
    public void Percentiles_and_maximum_are_exact_to_three_digits()
    {
        _lag.RecordBatch("hunts", [.. Enumerable.Range(1, 1_000).Select(lag => RecordedBefore(lag))]);

        var (p50, p99, max, count) = _lag.SummaryOf("hunts");

        Assert.Equal(1_000, count);
        Assert.InRange(p50, 500, 500.5);
        Assert.InRange(p99, 990, 991);
        Assert.InRange(max, 1_000, 1_001);
    }

    [Fact]
    public void A_reset_removes_all_values()
    {
        _lag.RecordBatch("hunts", [RecordedBefore(5)]);

        _lag.Reset();

        Assert.Equal((0, 0, 0, 0), _lag.SummaryOf("hunts"));
    }

    [Fact]
    public void A_lag_beyond_the_range_counts_as_one_day_and_a_negative_lag_as_zero()
    {
        _lag.RecordBatch("hunts", [RecordedBefore(TimeSpan.FromDays(30).TotalMilliseconds)]);
        _lag.RecordBatch("claims", [RecordedBefore(-5)]);

        Assert.InRange(_lag.SummaryOf("hunts").Max, 86_400_000, 86_500_000);
        Assert.Equal((0, 0, 0, 1), _lag.SummaryOf("claims"));
    }

    private static RecordedEvent RecordedBefore(double milliseconds) =>
        new(1, "hunt-sale", 1, Start.AddMilliseconds(-milliseconds), "event");

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start;
    }
}
