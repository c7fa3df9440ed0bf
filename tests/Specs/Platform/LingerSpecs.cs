using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>After a crowd the next batch gathers for longer; a lone item makes nobody wait.</summary>
public class LingerSpecs
{
    private static readonly TimeSpan PerItem = TimeSpan.FromMilliseconds(2);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task After_a_lone_item_the_next_batch_begins_at_once()
    {
        await using var gate = new ControlledCommits(lingerPerItem: PerItem, time: _time);
        gate.Add(1);
        await gate.Begun();
        gate.Add(2);
        gate.Succeed();
        await gate.Begun();

        Assert.Equal("1 | 2", gate.Batches);
    }

    [Fact]
    public async Task After_several_the_next_one_gathers_for_so_much_an_item()
    {
        await using var gate = new ControlledCommits(lingerPerItem: PerItem, time: _time);
        var crowd = await Crowd(gate, 3);
        gate.Add(4);
        await LetPass(TimeSpan.FromMilliseconds(5.9));
        gate.Add(5);
        Assert.Equal("0 | 1 2 3", gate.Batches);

        await LetPass(TimeSpan.FromMilliseconds(0.1));
        await gate.Begun();
        Assert.Equal("0 | 1 2 3 | 4 5", gate.Batches);
        Assert.All(crowd, item => Assert.True(item.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task It_never_gathers_for_longer_than_fifty_milliseconds()
    {
        await using var gate = new ControlledCommits(lingerPerItem: PerItem, time: _time);
        await Crowd(gate, 90);
        gate.Add(91);
        await LetPass(TimeSpan.FromMilliseconds(50));
        await gate.Begun();

        Assert.EndsWith(" | 91", gate.Batches, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_closes_does_not_linger()
    {
        var gate = new ControlledCommits(lingerPerItem: PerItem, time: _time);
        await Crowd(gate, 3);
        await _time.SomebodyWaits().Soon();

        await gate.DisposeAsync();
    }

    // A crowd gathers behind a lone item, and is told that it is committed before the line lingers.
    private static async Task<Task[]> Crowd(ControlledCommits gate, int size)
    {
        gate.Add(0);
        await gate.Begun();
        var crowd = gate.Add([.. Enumerable.Range(1, size)]);
        gate.Succeed();
        await gate.Begun();
        gate.Succeed();
        await Task.WhenAll(crowd).Soon();
        return crowd;
    }

    private async Task LetPass(TimeSpan time)
    {
        await _time.SomebodyWaits().Soon();
        _time.Advance(time);
    }
}
