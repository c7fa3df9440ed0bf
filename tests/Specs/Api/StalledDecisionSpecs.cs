using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The start and the end of a stall.</summary>
public sealed class StalledDecisionSpecs : ClaimStallDetectorScenario
{
    [Fact]
    public async Task Decisions_are_stalled_when_claims_wait_half_a_minute_and_no_later_claim_is_decided()
    {
        for (var n = 0; n < 29; n++)
        {
            Accept(n);
            Assert.False(await IsStalledAfter(seconds: 1));
        }

        Assert.True(await IsStalledAfter(seconds: 1));
    }

    [Fact]
    public async Task The_stall_ends_when_a_later_claim_is_decided()
    {
        await Stall();

        Decide(Accept(99));

        Assert.False(await IsStalledAfter(seconds: 5));
    }

    [Fact]
    public async Task Each_shard_is_checked_separately()
    {
        Accept(0, shard: 3);
        for (var n = 1; n < 30; n++)
        {
            Decide(Accept(n, shard: 0));
            Assert.False(await IsStalledAfter(seconds: 1));
        }

        Assert.True(await IsStalledAfter(seconds: 1));

        Decide(Accept(99, shard: 3));
        Assert.False(await IsStalledAfter(seconds: 5));
    }

    [Fact]
    public async Task A_repeat_of_a_decided_claim_does_not_end_the_stall()
    {
        Decide(Accept(1));
        Assert.False(await IsStalledAfter(seconds: 5));
        await Stall();

        Accept(1);

        Assert.True(await IsStalledAfter(seconds: 5));
    }
}
