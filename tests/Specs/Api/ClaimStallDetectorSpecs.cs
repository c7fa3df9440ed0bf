using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Undecided claims that are not a stall.</summary>
public sealed class ClaimStallDetectorSpecs : ClaimStallDetectorScenario
{
    [Fact]
    public async Task Claims_that_are_decided_in_time_are_not_stalled()
    {
        for (var n = 0; n < 100; n++)
        {
            Decide(Accept(n));
            Assert.False(await IsStalledAfter(seconds: 1));
        }

        Assert.InRange(Lookups, 1, 25);
    }

    [Fact]
    public async Task One_undecided_claim_among_decided_ones_is_not_a_stall()
    {
        Accept(0);
        for (var n = 1; n < 100; n++)
        {
            Decide(Accept(n));
            Assert.False(await IsStalledAfter(seconds: 6));
        }
    }

    [Fact]
    public async Task A_single_undecided_claim_is_ignored_after_ten_minutes()
    {
        await Stall();

        Assert.False(await IsStalledAfter(seconds: 601));
    }

    [Fact]
    public async Task A_repeat_of_a_decided_claim_does_not_count_as_waiting()
    {
        Decide(Accept(1));
        Assert.False(await IsStalledAfter(seconds: 5));

        Accept(1);

        Assert.False(await IsStalledAfter(seconds: 30));
    }
}
