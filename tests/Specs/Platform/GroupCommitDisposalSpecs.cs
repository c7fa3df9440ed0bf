using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The disposal of a group commit.</summary>
public class GroupCommitDisposalSpecs
{
    [Fact]
    public async Task Disposing_commits_the_queued_items_and_refuses_new_ones()
    {
        await using var commits = new ControlledCommits();
        var first = commits.Add(1);
        await commits.BatchBegunAsync();
        var second = commits.Add(2, 3);
        var closed = commits.GroupCommit.DisposeAsync().AsTask();

        Assert.False(commits.GroupCommit.TryAdd(4, out _));
        Assert.False(closed.IsCompleted);
        commits.Succeed();
        await commits.BatchBegunAsync();
        Assert.False(closed.IsCompleted);
        commits.Succeed();

        await closed.WithTimeout();
        Assert.All([.. first, .. second], committed => Assert.True(committed.IsCompletedSuccessfully));
        Assert.Equal("1 | 2 3", commits.Batches);
    }

    [Fact]
    public async Task Disposing_after_a_failure_still_commits_the_queued_items()
    {
        await using var commits = new ControlledCommits();
        var first = commits.Add(1);
        await commits.BatchBegunAsync();
        var second = commits.Add(2);
        commits.Fail(new TimeoutException());
        await commits.DisposeAsync();

        Assert.True(first[0].IsFaulted);
        Assert.True(second[0].IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Disposing_twice_and_while_empty_is_allowed()
    {
        var commits = new ControlledCommits();
        await commits.DisposeAsync();
        await commits.DisposeAsync();
        Assert.Equal("", commits.Batches);
    }
}
