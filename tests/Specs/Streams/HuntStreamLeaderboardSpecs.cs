using TreasureHunt.Api.Streaming;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The leaderboard and the freshness of a hunt in its stream.</summary>
public sealed class HuntStreamLeaderboardSpecs
{
    private readonly HuntStreamState _state = StateWith(Goose(10, left: 5));

    [Fact]
    public void A_new_client_gets_the_leaderboard_after_the_hunt()
    {
        _state.Apply(Leaderboard(10, "alice", "bob"));

        Assert.Equal(["hunt open", "leaderboard alice bob", "goose 5"], Sent(_state.ChangesAfter(ResumeToken.Start)));
    }

    [Fact]
    public void A_client_gets_a_changed_leaderboard_and_not_one_that_is_read_again()
    {
        _state.Apply(Leaderboard(10, "alice"));
        var known = _state.Version;

        _state.Apply(Leaderboard(10, "alice"));
        Assert.Equal(known, _state.Version);
        _state.Apply(Leaderboard(12, "bob", "alice"));

        Assert.Equal(["leaderboard bob alice"], Sent(_state.ChangesSince(known)));
    }

    [Fact]
    public void An_earlier_leaderboard_is_ignored_and_one_that_was_built_again_is_not()
    {
        _state.Apply(Leaderboard(12, "bob"));
        var known = _state.Version;

        _state.Apply(Leaderboard(11, "alice"));
        Assert.Equal(known, _state.Version);
        _state.Apply(Leaderboard(12, "carol"));

        Assert.Equal(["leaderboard carol"], Sent(_state.ChangesSince(known)));
    }

    [Fact]
    public void A_reconnected_client_gets_the_leaderboard()
    {
        _state.Apply(Leaderboard(12, "bob"));
        var token = ResumeTokenOf(_state.ChangesAfter(ResumeToken.Start));

        Assert.Equal(["hunt open", "leaderboard bob"], Sent(_state.ChangesAfter(token)));
    }

    [Fact]
    public void Clients_are_told_once_that_their_state_is_not_current_and_once_that_it_is_again()
    {
        var known = _state.Version;
        _state.ReportStale(Now);
        _state.ReportStale(Now.AddSeconds(2));
        Assert.Equal((known + 1, "current False"), (_state.Version, Assert.Single(Sent(_state.ChangesSince(known)))));

        _state.Apply(Snapshot(complete: 12, Goose(10, left: 5)), Now);
        _state.Apply(Snapshot(complete: 12, Goose(10, left: 5)), Now);

        Assert.Equal((known + 2, "current True"), (_state.Version, Assert.Single(Sent(_state.ChangesSince(known + 1)))));
    }
}
