using TreasureHunt.Platform.Batching;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>After a batch of several items the next batch waits for more items. After a single item it does not.</summary>
public class GroupCommitLingerSpecs
{
    private static readonly TimeSpan PerItem = TimeSpan.FromMilliseconds(2);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task After_a_single_item_the_next_batch_begins_immediately()
    {
        await using var commits = new ControlledCommits(pause: Pause);
        commits.Add(1);
        await commits.BatchBegunAsync();
        commits.Add(2);
        commits.Succeed();
        await commits.BatchBegunAsync();

        Assert.Equal("1 | 2", commits.Batches);
    }

    [Fact]
    public async Task After_several_items_the_next_batch_waits_in_proportion_to_their_number()
    {
        await using var commits = new ControlledCommits(pause: Pause);
        var items = await CommitAfterSingleItemAsync(commits, 3);
        commits.Add(4);
        await AdvanceAsync(TimeSpan.FromMilliseconds(5.9));
        commits.Add(5);
        Assert.Equal("0 | 1 2 3", commits.Batches);

        await AdvanceAsync(TimeSpan.FromMilliseconds(0.1));
        await commits.BatchBegunAsync();
        Assert.Equal("0 | 1 2 3 | 4 5", commits.Batches);
        Assert.All(items, item => Assert.True(item.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task A_batch_never_waits_longer_than_twelve_milliseconds()
    {
        await using var commits = new ControlledCommits(pause: Pause);
        await CommitAfterSingleItemAsync(commits, 90);
        commits.Add(91);
        await AdvanceAsync(TimeSpan.FromMilliseconds(12));
        await commits.BatchBegunAsync();

        Assert.EndsWith(" | 91", commits.Batches, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_the_linger_time()
    {
        var commits = new ControlledCommits(pause: Pause);
        await CommitAfterSingleItemAsync(commits, 3);
        await _time.WaitForTimerAsync().WithTimeout();

        await commits.DisposeAsync();
    }

    private Task Pause(IReadOnlyList<int> batch) => new Linger(PerItem, _time).AfterAsync(batch.Count);

    // Commits a single item and then a batch of the given size, and returns after both.
    private static async Task<Task[]> CommitAfterSingleItemAsync(ControlledCommits commits, int size)
    {
        commits.Add(0);
        await commits.BatchBegunAsync();
        var items = commits.Add([.. Enumerable.Range(1, size)]);
        commits.Succeed();
        await commits.BatchBegunAsync();
        commits.Succeed();
        await Task.WhenAll(items).WithTimeout();
        return items;
    }

    private async Task AdvanceAsync(TimeSpan time)
    {
        await _time.WaitForTimerAsync().WithTimeout();
        _time.Advance(time);
    }
}
