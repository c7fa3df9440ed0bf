using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The batches of a group commit.</summary>
public class GroupCommitSpecs
{
    [Fact]
    public async Task A_single_item_is_committed_immediately()
    {
        await using var commits = new ControlledCommits();
        var added = commits.Add(1);

        await commits.BatchBegunAsync();
        commits.Succeed();

        await added[0].WithTimeout();
        Assert.Equal("1", commits.Batches);
    }

    [Fact]
    public async Task Items_added_during_a_commit_form_the_next_batch()
    {
        await using var commits = new ControlledCommits();
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2, 3, 4);
        commits.Succeed();
        await commits.BatchBegunAsync();

        Assert.Equal("1 | 2 3 4", commits.Batches);
    }

    [Fact]
    public async Task One_batch_is_committed_at_a_time()
    {
        await using var commits = new ControlledCommits();
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2);

        // The item waits in the queue until the first batch has ended.
        Assert.Equal((1, "1"), (commits.GroupCommit.Waiting, commits.Batches));
        commits.Succeed();
        await commits.BatchBegunAsync();
        Assert.Equal((0, "1 | 2"), (commits.GroupCommit.Waiting, commits.Batches));
    }
}
