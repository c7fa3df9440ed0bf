using TreasureHunt.Api.Streaming;
using Xunit;

namespace TreasureHunt.Specs.Streams;

/// <summary>The detection of lost messages about claims.</summary>
public sealed class LostMessageDetectorSpecs
{
    private readonly LostMessageDetector _detector = new();

    [Fact]
    public void Adjacent_and_repeated_batches_are_complete()
    {
        Assert.False(_detector.Receive(after: 100, upTo: 200));
        Assert.False(_detector.Receive(after: 200, upTo: 250));
        Assert.False(_detector.Receive(after: 200, upTo: 260));
        Assert.False(_detector.Receive(after: 100, upTo: 200));
        Assert.False(_detector.Receive(after: 260, upTo: 300));
    }

    [Fact]
    public void A_batch_that_begins_after_the_last_one_shows_a_loss_once()
    {
        _detector.Receive(after: 100, upTo: 200);

        Assert.True(_detector.Receive(after: 210, upTo: 220));
        Assert.False(_detector.Receive(after: 220, upTo: 230));
    }

    [Fact]
    public void A_last_batch_that_does_not_arrive_until_the_next_check_is_lost()
    {
        _detector.Receive(after: 100, upTo: 200);

        Assert.False(_detector.CheckpointReached(250));
        Assert.True(_detector.CheckpointReached(250));
        Assert.False(_detector.CheckpointReached(250));
    }

    [Fact]
    public void A_batch_that_arrives_between_two_checks_is_not_lost()
    {
        _detector.Receive(after: 100, upTo: 200);

        Assert.False(_detector.CheckpointReached(250));
        Assert.False(_detector.Receive(after: 200, upTo: 250));
        Assert.False(_detector.CheckpointReached(250));
    }

    [Fact]
    public void The_first_checkpoint_and_one_that_goes_back_with_another_generation_show_no_loss()
    {
        Assert.False(_detector.CheckpointReached(500));
        Assert.False(_detector.CheckpointReached(500));
        Assert.False(_detector.CheckpointReached(300));
        Assert.False(_detector.CheckpointReached(300));
        Assert.False(_detector.Receive(after: 500, upTo: 510));
    }
}
