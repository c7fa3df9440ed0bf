using TreasureHunt.Api.Streaming;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The changes that the clients of a stream get.</summary>
public sealed class HuntStreamStateSpecs
{
    [Fact]
    public void A_new_client_gets_the_hunt_and_then_every_treasure() =>
        Assert.Equal(
            ["hunt open", "goose 5", "lamp 3"], Sent(StateWith(Goose(10, left: 5), Lamp(11, left: 3)).ChangesAfter(ResumeToken.Start)));

    [Fact]
    public void Several_changes_of_a_treasure_are_sent_as_one_latest_state()
    {
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));
        var known = state.Version;

        state.Apply(Goose(12, left: 4), Now);
        state.Apply(Goose(13, left: 3), Now);
        state.Apply(Goose(14, left: 2), Now);

        Assert.Equal(["goose 2"], Sent(state.ChangesSince(known)));
    }

    [Fact]
    public void Clients_at_the_same_version_share_the_same_bytes()
    {
        var state = StateWith(Goose(10, left: 5));
        var known = state.Version;
        state.Apply(Goose(12, left: 4), Now);

        Assert.Equal(state.ChangesSince(known).Bytes, state.ChangesSince(known).Bytes);
    }

    [Fact]
    public void A_client_at_the_latest_version_gets_nothing() =>
        Assert.Empty(Sent(StateWith(Goose(10, left: 5)) is var state ? state.ChangesSince(state.Version) : default));

    [Fact]
    public void A_change_that_arrives_out_of_order_is_ignored()
    {
        var state = StateWith(Goose(10, left: 5));
        state.Apply(Goose(14, left: 2), Now);
        var known = state.Version;

        state.Apply(Goose(12, left: 4), Now);
        state.Apply(Snapshot(complete: 12, Goose(12, left: 4)), Now);

        Assert.Equal(known, state.Version);
    }

    [Fact]
    public void A_treasure_hidden_later_is_sent()
    {
        var state = StateWith(Goose(10, left: 5));
        var known = state.Version;

        state.Apply(Lamp(11, left: 3), Now);

        Assert.Equal(["lamp 3"], Sent(state.ChangesSince(known)));
    }

    [Fact]
    public void A_snapshot_contains_a_lost_change()
    {
        var state = StateWith(Goose(10, left: 5), Lamp(11, left: 3));
        var known = state.Version;

        state.Apply(Snapshot(complete: 20, Goose(10, left: 5), Lamp(15, left: 1)), Now);

        Assert.Equal(["lamp 1"], Sent(state.ChangesSince(known)));
    }
}
