using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Failed batches of a group commit.</summary>
public class GroupCommitFailureSpecs
{
    [Fact]
    public async Task A_failed_batch_fails_only_its_own_items()
    {
        await using var commits = new ControlledCommits();
        var first = commits.Add(1);
        await commits.BatchBegunAsync();
        var second = commits.Add(2, 3);
        commits.Succeed();
        await commits.BatchBegunAsync();
        var third = commits.Add(4);
        commits.Fail(new TimeoutException("the broker is away"));
        await commits.BatchBegunAsync();
        commits.Succeed();

        await first[0].WithTimeout();
        foreach (var failed in second)
        {
            Assert.Equal("the broker is away", (await Assert.ThrowsAsync<TimeoutException>(() => failed.WithTimeout())).Message);
        }

        await third[0].WithTimeout();
    }

    [Fact]
    public async Task A_commit_that_throws_synchronously_fails_its_items()
    {
        var first = true;
        await using var groupCommit = new GroupCommit<int>(
            10, 10, _ => Interlocked.Exchange(ref first, false) ? throw new TimeoutException() : Task.CompletedTask);

        Assert.True(groupCommit.TryAdd(1, out var failed));
        await Assert.ThrowsAsync<TimeoutException>(() => failed.WithTimeout());
        Assert.True(groupCommit.TryAdd(2, out var committed));
        await committed.WithTimeout();
    }

    [Fact]
    public async Task A_cancelled_commit_cancels_its_items()
    {
        await using var commits = new ControlledCommits();
        var added = commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Fail(new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => added[0].WithTimeout());
    }
}
