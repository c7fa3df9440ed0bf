using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The completion of the items of a batch.</summary>
public class GroupCommitCompletionSpecs
{
    [Fact]
    public async Task An_item_completes_when_its_own_batch_is_committed()
    {
        await using var commits = new ControlledCommits();
        var first = commits.Add(1);
        await commits.BatchBegunAsync();
        var second = commits.Add(2);
        Assert.False(first[0].IsCompleted);

        commits.Succeed();
        await first[0].WithTimeout();
        await commits.BatchBegunAsync();
        Assert.False(second[0].IsCompleted);

        commits.Succeed();
        await second[0].WithTimeout();
    }

    [Fact]
    public async Task A_blocking_continuation_does_not_delay_the_next_batch()
    {
        using var held = new ManualResetEventSlim();
        await using var commits = new ControlledCommits();
        var first = commits.Add(1);
        var busy = first[0].ContinueWith(
            _ => held.Wait(TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await commits.BatchBegunAsync();
        var second = commits.Add(2);
        commits.Succeed();
        await commits.BatchBegunAsync();
        commits.Succeed();
        await second[0].WithTimeout();

        Assert.False(busy.IsCompleted);
        held.Set();
        await busy.WithTimeout();
    }
}
