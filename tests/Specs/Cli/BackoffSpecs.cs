using TreasureHunt.Cli.Engine;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class BackoffSpecs
{
    [Fact]
    public void What_the_engine_asks_for_is_honoured_and_spread()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.Before(5, TimeSpan.FromSeconds(1), dice: 0));
        Assert.Equal(TimeSpan.FromSeconds(1.5), Backoff.Before(5, TimeSpan.FromSeconds(1), dice: 1));
    }

    [Fact]
    public void Without_a_wish_of_the_engine_it_waits_longer_each_time_up_to_two_seconds() =>
        Assert.Equal(
            [50, 100, 200, 400, 800, 1600, 2000, 2000, 2000],
            new[] { 0, 1, 2, 3, 4, 5, 6, 7, 1_000 }.Select(attempt => Backoff.Before(attempt, null, dice: 0).TotalMilliseconds));

    [Fact]
    public void A_crowd_does_not_come_back_in_step() => Assert.Equal(TimeSpan.FromMilliseconds(25), Backoff.Before(0, null, dice: 1));
}
