using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>An Api that is told to stop gives the proxy time to notice.</summary>
public class DrainingSpecs
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_says_at_once_that_it_leaves_and_stops_only_later()
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
    public void Without_a_proxy_it_need_not_wait() =>
        Assert.True(Draining(0).StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);

    private Draining Draining(double seconds) => new(new ShutdownOptions { DrainSeconds = seconds }, _time);
}
