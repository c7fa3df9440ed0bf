using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Lists of items in a group commit.</summary>
public class GroupCommitListSpecs
{
    [Fact]
    public async Task The_items_of_a_list_are_committed_in_one_batch()
    {
        await using var commits = new ControlledCommits(maxBatch: 4);
        commits.Add(0);
        await commits.BatchBegunAsync();
        commits.Add(1, 2);
        Assert.True(commits.GroupCommit.TryAdd([3, 4, 5], out var committed));
        Assert.Equal(5, commits.GroupCommit.Waiting);
        commits.Add(6);
        await commits.DisposeAsync();

        await committed.WithTimeout();
        Assert.Equal("0 | 1 2 | 3 4 5 6", commits.Batches);
    }

    [Fact]
    public async Task A_list_that_exceeds_the_capacity_is_refused_as_a_whole()
    {
        await using var commits = new ControlledCommits(capacity: 3);
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2);

        Assert.False(commits.GroupCommit.TryAdd([3, 4, 5], out _));
        Assert.True(commits.GroupCommit.TryAdd([6, 7], out _));

        Assert.Equal(3, commits.GroupCommit.Waiting);
        await commits.DisposeAsync();
        Assert.Equal("1 | 2 6 7", commits.Batches);
    }

    [Fact]
    public async Task An_empty_queue_takes_a_list_of_any_length()
    {
        await using var commits = new ControlledCommits(capacity: 1, maxBatch: 2);

        Assert.True(commits.GroupCommit.TryAdd([1, 2, 3], out _));

        await commits.DisposeAsync();
        Assert.Equal("1 2 3", commits.Batches);
    }
}
