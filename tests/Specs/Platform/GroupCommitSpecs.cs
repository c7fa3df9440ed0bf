using TreasureHunt.Platform;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class GroupCommitSpecs
{
    [Fact]
    public async Task A_lone_item_is_committed_at_once_and_alone()
    {
        await using var gate = new Gate();
        var added = gate.Add(1);

        await gate.Begun();
        gate.Succeed();

        await added[0].Soon();
        Assert.Equal("1", gate.Batches);
    }

    [Fact]
    public async Task What_comes_while_a_batch_is_under_way_gathers_into_the_next()
    {
        await using var gate = new Gate();
        gate.Add(1);
        await gate.Begun();
        gate.Add(2, 3, 4);
        gate.Succeed();
        await gate.Begun();

        Assert.Equal("1 | 2 3 4", gate.Batches);
    }

    [Fact]
    public async Task The_line_keeps_its_order()
    {
        await using var gate = new Gate(maxBatch: 7);
        gate.Add(0);
        await gate.Begun();
        gate.Add([.. Enumerable.Range(1, 20)]);
        await gate.DisposeAsync();

        Assert.Equal("0 | 1 2 3 4 5 6 7 | 8 9 10 11 12 13 14 | 15 16 17 18 19 20", gate.Batches);
    }

    [Fact]
    public async Task One_batch_is_under_way_at_a_time()
    {
        await using var gate = new Gate();
        gate.Add(1);
        await gate.Begun();
        gate.Add(2);

        // A second batch would have to begin before the first one ended: the line holds its item instead.
        Assert.Equal((1, "1"), (gate.Line.Waiting, gate.Batches));
        gate.Succeed();
        await gate.Begun();
        Assert.Equal((0, "1 | 2"), (gate.Line.Waiting, gate.Batches));
    }

    [Fact]
    public async Task Nobody_is_told_before_its_own_batch_is_committed()
    {
        await using var gate = new Gate();
        var first = gate.Add(1);
        await gate.Begun();
        var second = gate.Add(2);
        Assert.False(first[0].IsCompleted);

        gate.Succeed();
        await first[0].Soon();
        await gate.Begun();
        Assert.False(second[0].IsCompleted);

        gate.Succeed();
        await second[0].Soon();
    }

    [Fact]
    public async Task A_full_line_refuses_and_takes_again_once_a_batch_has_left()
    {
        await using var gate = new Gate(capacity: 2);
        gate.Add(1);
        await gate.Begun();
        gate.Add(2, 3);

        Assert.False(gate.Line.TryAdd(4, out _));
        Assert.Equal(2, gate.Line.Waiting);

        gate.Succeed();
        await gate.Begun();
        gate.Add(5);
        await gate.DisposeAsync();
        Assert.Equal("1 | 2 3 | 5", gate.Batches);
    }

    [Fact]
    public async Task A_batch_that_fails_fails_for_its_own_waiters_only()
    {
        await using var gate = new Gate();
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
        await using var line = new GroupCommit<int>(10, 10, _ => Interlocked.Exchange(ref first, false) ? throw new TimeoutException() : Task.CompletedTask);

        Assert.True(line.TryAdd(1, out var failed));
        await Assert.ThrowsAsync<TimeoutException>(() => failed.Soon());
        Assert.True(line.TryAdd(2, out var committed));
        await committed.Soon();
    }

    [Fact]
    public async Task A_cancelled_commit_reaches_its_waiters()
    {
        await using var gate = new Gate();
        var added = gate.Add(1);
        await gate.Begun();
        gate.Fail(new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => added[0].Soon());
    }

    [Fact]
    public async Task A_batch_has_its_largest_size()
    {
        await using var gate = new Gate(maxBatch: 2);
        gate.Add(1);
        await gate.Begun();
        gate.Add(2, 3, 4, 5, 6);
        await gate.DisposeAsync();

        Assert.Equal("1 | 2 3 | 4 5 | 6", gate.Batches);
    }

    [Fact]
    public async Task Closing_commits_what_is_in_the_line_and_refuses_the_rest()
    {
        await using var gate = new Gate();
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
        await using var gate = new Gate();
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
        var gate = new Gate();
        await gate.DisposeAsync();
        await gate.DisposeAsync();
        Assert.Equal("", gate.Batches);
    }

    [Fact]
    public async Task What_a_waiter_does_next_holds_up_nobody()
    {
        using var held = new ManualResetEventSlim();
        await using var gate = new Gate();
        var first = gate.Add(1);
        var busy = first[0].ContinueWith(_ => held.Wait(TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await gate.Begun();
        var second = gate.Add(2);
        gate.Succeed();
        await gate.Begun();
        gate.Succeed();
        await second[0].Soon();

        Assert.False(busy.IsCompleted);
        held.Set();
        await busy.Soon();
    }
}
