using TreasureHunt.Projections.Subscriptions;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>A first commit is projected at once, and commits in quick succession share a round.</summary>
public sealed class RoundPacerSpecs : IDisposable
{
    private readonly AutoAdvancingTime _time = new();
    private readonly RoundPacer _pacer;
    private readonly long _start;

    public RoundPacerSpecs() => (_pacer, _start) = (new RoundPacer(_time), _time.GetTimestamp());

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public void Dispose() => _pacer.Dispose();

    [Fact]
    public async Task A_single_commit_begins_a_round_at_once()
    {
        await Commit();

        Assert.Equal(TimeSpan.Zero, Now);
    }

    [Fact]
    public async Task A_round_that_only_polls_does_not_delay_the_next_commit()
    {
        await Poll();
        await Commit();

        Assert.Equal(TimeSpan.Zero, Now);
    }

    [Fact]
    public async Task A_commit_shortly_after_a_round_waits_for_the_rest_of_the_interval()
    {
        await Commit();
        await Commit();

        Assert.Equal(RoundPacer.MinInterval, Now);
    }

    [Fact]
    public async Task A_commit_after_the_interval_begins_a_round_at_once()
    {
        await Commit();
        await Task.Delay(RoundPacer.MinInterval * 2, _time, TestContext.Current.CancellationToken);
        await Commit();

        Assert.Equal(RoundPacer.MinInterval * 2, Now);
    }

    [Fact]
    public async Task Commits_before_a_round_share_it()
    {
        await Commit();
        _pacer.Notify();
        _pacer.Notify();
        await Poll();
        await Poll();

        // One more round, and then a poll without a commit.
        Assert.Equal(RoundPacer.MinInterval, Now);
    }

    private async Task Commit()
    {
        _pacer.Notify();
        await Poll();
    }

    private Task Poll() => _pacer.WaitAsync(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
}
