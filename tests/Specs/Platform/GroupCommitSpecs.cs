using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>How batches gather.</summary>
public class GroupCommitSpecs
{
    [Fact]
    public async Task A_lone_item_is_committed_at_once_and_alone()
    {
        await using var gate = new ControlledCommits();
        var added = gate.Add(1);

        await gate.Begun();
        gate.Succeed();

        await added[0].Soon();
        Assert.Equal("1", gate.Batches);
    }

    [Fact]
    public async Task What_comes_while_a_batch_is_under_way_gathers_into_the_next()
    {
        await using var gate = new ControlledCommits();
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
        await using var gate = new ControlledCommits(maxBatch: 7);
        gate.Add(0);
        await gate.Begun();
        gate.Add([.. Enumerable.Range(1, 20)]);
        await gate.DisposeAsync();

        Assert.Equal("0 | 1 2 3 4 5 6 7 | 8 9 10 11 12 13 14 | 15 16 17 18 19 20", gate.Batches);
    }

    [Fact]
    public async Task One_batch_is_under_way_at_a_time()
    {
        await using var gate = new ControlledCommits();
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
        await using var gate = new ControlledCommits();
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
        await using var gate = new ControlledCommits(capacity: 2);
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
    public async Task A_batch_has_its_largest_size()
    {
        await using var gate = new ControlledCommits(maxBatch: 2);
        gate.Add(1);
        await gate.Begun();
        gate.Add(2, 3, 4, 5, 6);
        await gate.DisposeAsync();

        Assert.Equal("1 | 2 3 | 4 5 | 6", gate.Batches);
    }

    [Fact]
    public async Task What_a_waiter_does_next_holds_up_nobody()
    {
        using var held = new ManualResetEventSlim();
        await using var gate = new ControlledCommits();
        var first = gate.Add(1);
        var busy = first[0].ContinueWith(
            _ => held.Wait(TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
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
