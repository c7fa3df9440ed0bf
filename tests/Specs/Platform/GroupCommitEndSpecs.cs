using TreasureHunt.Platform.Batching;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>How batches fail, and how the line closes.</summary>
public class GroupCommitEndSpecs
{
    [Fact]
    public async Task A_batch_that_fails_fails_for_its_own_waiters_only()
    {
        await using var gate = new ControlledCommits();
        var first = gate.Add(1);
        await gate.Begun();
        var second = gate.Add(2, 3);
        gate.Succeed();
        await gate.Begun();
        var third = gate.Add(4);
        gate.Fail(new TimeoutException("the broker is away"));
        await gate.Begun();
        gate.Succeed();

        await first[0].Soon();
        foreach (var failed in second)
        {
            Assert.Equal("the broker is away", (await Assert.ThrowsAsync<TimeoutException>(() => failed.Soon())).Message);
        }

        await third[0].Soon();
    }

    [Fact]
    public async Task A_commit_that_throws_before_it_begins_fails_the_same_way()
    {
        var first = true;
        await using var line = new GroupCommit<int>(
            10, 10, TimeSpan.Zero, TimeProvider.System,
            _ => Interlocked.Exchange(ref first, false) ? throw new TimeoutException() : Task.CompletedTask);

        Assert.True(line.TryAdd(1, out var failed));
        await Assert.ThrowsAsync<TimeoutException>(() => failed.Soon());
        Assert.True(line.TryAdd(2, out var committed));
        await committed.Soon();
    }

    [Fact]
    public async Task A_cancelled_commit_reaches_its_waiters()
    {
        await using var gate = new ControlledCommits();
        var added = gate.Add(1);
        await gate.Begun();
        gate.Fail(new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => added[0].Soon());
    }

    [Fact]
    public async Task Closing_commits_what_is_in_the_line_and_refuses_the_rest()
    {
        await using var gate = new ControlledCommits();
        var first = gate.Add(1);
        await gate.Begun();
        var second = gate.Add(2, 3);
        var closed = gate.Line.DisposeAsync().AsTask();

        Assert.False(gate.Line.TryAdd(4, out _));
        Assert.False(closed.IsCompleted);
        gate.Succeed();
        await gate.Begun();
        Assert.False(closed.IsCompleted);
        gate.Succeed();

        await closed.Soon();
        Assert.All([.. first, .. second], committed => Assert.True(committed.IsCompletedSuccessfully));
        Assert.Equal("1 | 2 3", gate.Batches);
    }

    [Fact]
    public async Task Closing_after_a_failure_still_commits_the_rest()
    {
        await using var gate = new ControlledCommits();
        var first = gate.Add(1);
        await gate.Begun();
        var second = gate.Add(2);
        gate.Fail(new TimeoutException());
        await gate.DisposeAsync();

        Assert.True(first[0].IsFaulted);
        Assert.True(second[0].IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_line_may_be_closed_twice_and_when_it_is_empty()
    {
        var gate = new ControlledCommits();
        await gate.DisposeAsync();
        await gate.DisposeAsync();
        Assert.Equal("", gate.Batches);
    }
}
