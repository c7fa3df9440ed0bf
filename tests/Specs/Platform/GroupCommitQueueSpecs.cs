using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The queue of a group commit.</summary>
public class GroupCommitQueueSpecs
{
    [Fact]
    public async Task Items_are_committed_in_order()
    {
        await using var commits = new ControlledCommits(maxBatch: 7);
        commits.Add(0);
        await commits.BatchBegunAsync();
        commits.Add([.. Enumerable.Range(1, 20)]);
        await commits.DisposeAsync();

        Assert.Equal("0 | 1 2 3 4 5 6 7 | 8 9 10 11 12 13 14 | 15 16 17 18 19 20", commits.Batches);
    }

    [Fact]
    public async Task A_full_queue_refuses_items_until_a_batch_has_left()
    {
        await using var commits = new ControlledCommits(capacity: 2);
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2, 3);

        Assert.False(commits.GroupCommit.TryAdd(4, out _));
        Assert.Equal(2, commits.GroupCommit.Waiting);

        commits.Succeed();
        await commits.BatchBegunAsync();
        commits.Add(5);
        await commits.DisposeAsync();
        Assert.Equal("1 | 2 3 | 5", commits.Batches);
    }

    [Fact]
    public async Task A_batch_has_a_maximum_size()
    {
        await using var commits = new ControlledCommits(maxBatch: 2);
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2, 3, 4, 5, 6);
        await commits.DisposeAsync();

        Assert.Equal("1 | 2 3 | 4 5 | 6", commits.Batches);
    }
}
