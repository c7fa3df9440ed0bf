using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Streams;

/// <summary>The events that a reconnected client gets.</summary>
public sealed class HuntStreamResumeSpecs
{
    [Fact]
    public void A_reconnected_client_gets_the_hunt_and_the_changed_treasures()
    {
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));
        var token = ResumeTokenOf(state.ChangesAfter(ResumeToken.Start));

        state.Apply(Lamp(15, left: 1), Now);

        Assert.Equal(["hunt open", "lamp 1"], Sent(state.ChangesAfter(token)));
    }

    [Fact]
    public void A_resume_token_does_not_skip_a_change_that_was_lost_before_a_later_one()
    {
        // This process did not get the change of the lamp, but got the later change of the goose.
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));
        state.Apply(Goose(16, left: 4), Now);
        var token = ResumeTokenOf(state.ChangesSince(0));

        var otherState = new HuntStreamState(Snapshot(complete: 16, Goose(16, left: 4), Lamp(15, left: 1)), Now);

        Assert.Contains("lamp 1", Sent(otherState.ChangesAfter(token)));
    }

    [Fact]
    public void A_client_gets_a_clue_that_appeared_while_it_was_disconnected()
    {
        var goose = Goose(10, left: 5) is var treasure
            ? treasure with { Value = treasure.Value with { Clues = [new Clue("Where the river bends", At("19:10"))] } } : default;
        var token = ResumeTokenOf(
            new HuntStreamState(Snapshot(complete: 12, goose, Lamp(11, left: 3)), Now).ChangesAfter(ResumeToken.Start));

        var laterState = new HuntStreamState(Snapshot(complete: 12, goose, Lamp(11, left: 3)), At("19:10"));

        Assert.Equal(["hunt open", "goose 5"], Sent(laterState.ChangesAfter(token)));
    }

    [Fact]
    public void A_client_gets_everything_when_the_hunt_changed_while_it_was_disconnected()
    {
        var token = ResumeTokenOf(StateWith(Goose(10, left: 5), Lamp(11, left: 3)).ChangesAfter(ResumeToken.Start));
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));

        state.Apply(Hunt(20), Now);

        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Sent(state.ChangesAfter(token)));
    }
}
