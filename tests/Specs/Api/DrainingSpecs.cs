using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>A stopping Api waits until the edge proxy has removed it.</summary>
public class DrainingSpecs
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Draining_begins_immediately_and_the_stop_follows_after_the_delay()
    {
        var draining = Draining(2);
        Assert.False(draining.HasBegun);

        var stopping = draining.StoppingAsync(CancellationToken.None);
        Assert.True(draining.HasBegun);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(stopping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(stopping.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_delay_of_zero_stops_immediately() =>
        Assert.True(Draining(0).StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);

    private Draining Draining(double seconds) => new(new ShutdownOptions { DrainSeconds = seconds }, _time);
}
