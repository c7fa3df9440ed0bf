using System.Diagnostics;
using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The time up to which the received messages have every change.</summary>
public sealed class MessageChainSpecs
{
    private readonly MessageChain _chain = new(upTo: 100);

    [Fact]
    public void A_chain_is_current_as_of_a_check_once_it_has_every_batch_up_to_the_checkpoint()
    {
        Assert.True(_chain.TryCheck(100, at: 1));
        Assert.Equal(1, _chain.CurrentAt);

        Assert.True(_chain.TryCheck(120, at: 2));
        Assert.True(_chain.TryReceive(100, 110));
        Assert.Equal(1, _chain.CurrentAt);

        Assert.True(_chain.TryReceive(110, 120));
        Assert.Equal(2, _chain.CurrentAt);
    }

    [Fact]
    public void Messages_that_are_always_one_check_late_still_make_it_current()
    {
        _chain.TryCheck(110, at: 1);
        _chain.TryCheck(120, at: 2);

        _chain.TryReceive(100, 110);

        Assert.Equal(1, _chain.CurrentAt);
    }

    [Fact]
    public void Repeated_and_overlapping_batches_are_no_gap()
    {
        Assert.True(_chain.TryReceive(90, 100));
        Assert.True(_chain.TryReceive(100, 110));
        Assert.True(_chain.TryReceive(100, 120));
        Assert.True(_chain.TryReceive(120, 130));
    }

    [Fact]
    public void A_batch_that_begins_after_the_last_one_ends_the_chain()
    {
        Assert.True(_chain.TryReceive(100, 110));
        Assert.False(_chain.TryReceive(115, 120));
    }

    [Fact]
    public void A_checkpoint_that_goes_back_with_another_generation_is_no_gap()
    {
        Assert.True(_chain.TryCheck(50, at: 1));
        Assert.True(_chain.TryCheck(50, at: 1 + (2 * Stopwatch.Frequency)));
        Assert.True(_chain.TryReceive(100, 110));
    }

    [Fact]
    public void A_batch_that_does_not_arrive_ends_the_chain_later()
    {
        Assert.True(_chain.TryCheck(110, at: 1));
        Assert.True(_chain.TryCheck(110, at: 1 + Stopwatch.Frequency));

        Assert.False(_chain.TryCheck(110, at: 2 + Stopwatch.Frequency));
        Assert.Equal(0, _chain.CurrentAt);
    }
}
