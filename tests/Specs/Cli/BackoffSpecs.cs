using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class BackoffSpecs
{
    [Fact]
    public void A_requested_delay_is_kept_and_jittered()
    {
        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.DelayBefore(5, TimeSpan.FromSeconds(1), random: 0));
        Assert.Equal(TimeSpan.FromSeconds(1.5), Backoff.DelayBefore(5, TimeSpan.FromSeconds(1), random: 1));
    }

    [Fact]
    public void Without_a_requested_delay_the_delay_doubles_up_to_two_seconds() =>
        Assert.Equal(
            [50, 100, 200, 400, 800, 1600, 2000, 2000, 2000],
            new[] { 0, 1, 2, 3, 4, 5, 6, 7, 1_000 }.Select(attempt => Backoff.DelayBefore(attempt, null, random: 0).TotalMilliseconds));

    [Fact]
    public void The_delay_is_jittered() => Assert.Equal(TimeSpan.FromMilliseconds(25), Backoff.DelayBefore(0, null, random: 1));
}
