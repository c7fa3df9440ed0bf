using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Streams;

/// <summary>A stream contains treasures after the opening of their hunt.</summary>
public sealed class HuntStreamVisibilitySpecs
{
    [Fact]
    public void A_hunt_that_opens_at_its_start_time_sends_its_treasures()
    {
        var state = new HuntStreamState(Snapshot(complete: 10, Goose(10, left: 5)), At("17:59"));
        var known = state.Version;
        Assert.Equal(["hunt scheduled"], Sent(state.ChangesSince(0)));

        state.Apply(Snapshot(complete: 10, Goose(10, left: 5)), At("18:00"));

        Assert.Equal(["hunt open", "goose 5"], Sent(state.ChangesSince(known)));
    }

    [Fact]
    public void No_treasure_is_sent_before_its_hunt_opens()
    {
        var state = new HuntStreamState(Snapshot(complete: 10, Goose(10, left: 5)), At("17:30"));
        var first = state.ChangesAfter(ResumeToken.Start);
        Assert.Equal(["hunt scheduled"], Sent(first));

        state.Apply(Goose(12, left: 6), At("17:31"));
        state.Apply(Lamp(13, left: 3), At("17:32"));

        Assert.Empty(Sent(state.ChangesSince(first.Version)));
        Assert.Equal(["hunt scheduled"], Sent(state.ChangesAfter(ResumeTokenOf(first))));
    }

    [Fact]
    public void A_client_that_reconnects_after_the_opening_gets_every_treasure_including_withdrawn_ones()
    {
        var withdrawn = Lamp(11, left: 3);
        withdrawn = withdrawn with { Value = withdrawn.Value with { Withdrawn = true } };
        var state = new HuntStreamState(Snapshot(complete: 12, Goose(10, left: 5), withdrawn), At("17:59"));
        var token = ResumeTokenOf(state.ChangesAfter(ResumeToken.Start));

        state.Apply(Snapshot(complete: 12, Goose(10, left: 5), withdrawn), At("18:01"));

        Assert.Equal(["hunt open", "goose 5", "lamp withdrawn"], Sent(state.ChangesAfter(token)));
    }

    [Fact]
    public void A_pause_sends_the_hunt_without_its_unchanged_treasures()
    {
        var state = StateWith(Goose(10, left: 5));
        var known = state.Version;

        state.Apply(
            Hunt(20) is var hunt
                ? hunt with { Value = hunt.Value with { Window = hunt.Value.Window with { Pauses = [new Pause(At("18:30"), null)] } } }
                : default, Now);

        Assert.Equal(["hunt paused"], Sent(state.ChangesSince(known)));
    }
}
