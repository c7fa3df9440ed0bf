using TreasureHunt.Api.Caching;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Views whose changes the projections push.</summary>
public sealed class PushedViewSpecs : PushedViewScenario
{
    [Fact]
    public async Task A_view_is_read_once_and_its_changes_are_served_at_once()
    {
        Check(100);
        Assert.Equal(90, await Read(inRedis: 90));

        Receive(100, 110, Changed(105));
        Assert.Equal(105, await Read(inRedis: 90));
        Receive(110, 120);
        Receive(120, 130, Changed(125), ("treasure:goose", new VersionedValue(126, "{}"u8.ToArray())));

        Assert.Equal(125, await Read(inRedis: 90));
        Assert.Equal(1, Reads);
    }

    [Fact]
    public async Task A_change_that_arrives_during_the_first_read_is_kept()
    {
        Check(100);
        var reading = new TaskCompletionSource<ReadView<HuntView>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = Read(() => reading.Task, () => throw new TimeoutException());
        Receive(100, 110, Changed(105));
        reading.SetResult(HuntAt(90));
        await first;

        Assert.Equal(105, await Read(inRedis: 105));
        Assert.Equal(1, Reads);
    }

    [Fact]
    public async Task An_older_or_repeated_change_changes_nothing()
    {
        Check(100);
        await Read(inRedis: 90);
        Receive(100, 110, Changed(105));
        Receive(80, 90, Changed(85));

        Assert.Equal(105, await Read(inRedis: 105));
    }

    [Fact]
    public async Task While_checks_go_on_a_view_is_not_read_again()
    {
        Check(100);
        await Read(inRedis: 90);
        LocalCache.RequireFresherThanNow();
        Check(100);

        Assert.Equal(90, await Read(inRedis: 90));
        Assert.Equal(1, Reads);
    }

    [Fact]
    public async Task Without_checks_a_view_is_read_again()
    {
        Check(100);
        await Read(inRedis: 90);
        LocalCache.RequireFresherThanNow();

        Assert.Equal(105, await Read(inRedis: 105));
        Assert.Equal(2, Reads);
    }

    [Fact]
    public async Task A_view_is_read_again_after_a_gap_in_the_messages()
    {
        Check(100);
        await Read(inRedis: 90);
        Receive(110, 120);
        LocalCache.RequireFresherThanNow();
        Check(120);

        Assert.Equal(105, await Read(inRedis: 105));
        Receive(120, 130, Changed(125));
        Assert.Equal(125, await Read(inRedis: 105));
        Assert.Equal(2, Reads);
    }

    [Fact]
    public async Task A_check_of_a_batch_that_has_not_arrived_keeps_no_view_current()
    {
        Check(100);
        await Read(inRedis: 90);
        LocalCache.RequireFresherThanNow();
        Check(110);

        Assert.Equal(105, await Read(inRedis: 105));
    }

    [Fact]
    public async Task A_view_is_read_again_after_a_switch_to_another_generation()
    {
        Check(100);
        await Read(inRedis: 90);
        LocalCache.RequireFresherThanNow();
        Check(100, "hunts:2 treasures:1");

        await Read(inRedis: 90);
        Assert.Equal(2, Reads);
    }

    [Fact]
    public void No_view_is_followed_while_a_batch_is_being_written_or_without_checkpoints()
    {
        Pushed.Check(Generation, new Checkpoints(Lowest: 100, Highest: 110), 1);
        Assert.Null(Pushed.Begin(Name));
        Pushed.Check(null, null, 2);
        Assert.Null(Pushed.Begin(Name));

        Check(110);
        Assert.NotNull(Pushed.Begin(Name));
        Pushed.Check(null, null, 3);
        Assert.Null(Pushed.Begin(Name));
    }

    [Fact]
    public async Task A_view_that_does_not_exist_is_not_followed()
    {
        Check(100);
        Assert.Null(await Read(inRedis: null));
        Receive(100, 110, Changed(105));

        Assert.Null(LocalCache.FindPushed<HuntView>(Name));
    }

    [Fact]
    public void The_number_of_followed_views_is_limited_and_unused_ones_are_removed()
    {
        Check(100);
        for (var n = 0; n < Options.MaxLocalEntries; n++)
        {
            Assert.NotNull(Pushed.Begin($"treasure:{n}"));
        }

        Assert.Null(Pushed.Begin(Name));
        Pushed.RemoveUnused();
        Pushed.RemoveUnused();
        Assert.NotNull(Pushed.Begin(Name));
    }
}
