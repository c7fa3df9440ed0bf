using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Specs.Memcached;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The reads of the leaderboard, and reads that fail.</summary>
public sealed class HuntRefreshSpecs
{
    private readonly ManualTime _time = new();
    private readonly HuntRefresh _refresh;
    private int _leaderboardReads;
    private bool _isAway;

    public HuntRefreshSpecs() => _refresh = new HuntRefresh(
        _ => _isAway
            ? throw new ReadModelUnavailableException("away") : Task.FromResult<HuntSnapshot?>(Snapshot(complete: 12, Goose(10, left: 5))),
        _ => Task.FromResult(Leaderboard(++_leaderboardReads)), _time);

    [Fact]
    public async Task Many_changes_of_the_leaderboard_cause_two_reads_a_second()
    {
        Assert.True(await _refresh.LoadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(1, _leaderboardReads);

        for (var step = 0; step < 100; step++)
        {
            _refresh.RequestLeaderboard();
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Start();
        }

        Assert.Equal(3, _leaderboardReads);
        _time.Advance(HuntRefresh.LeaderboardInterval);
        Start();
        Assert.False(_refresh.IsLeaderboardDue);
    }

    [Fact]
    public async Task Without_changes_the_leaderboard_is_read_with_the_hunt()
    {
        await _refresh.LoadAsync(TestContext.Current.CancellationToken);

        for (var step = 0; step < 100; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Start();
        }

        Assert.Equal(1 + 5, _leaderboardReads);
    }

    [Fact]
    public async Task Clients_are_told_when_reads_have_failed_for_five_seconds()
    {
        await _refresh.LoadAsync(TestContext.Current.CancellationToken);
        var known = _refresh.State!.Version;
        _isAway = true;

        Assert.Equal(6, AdvanceUntilChanged(known));
        Assert.Equal(["current False"], Sent(_refresh.State.ChangesSince(known)));

        (known, _isAway) = (_refresh.State.Version, false);
        Assert.Equal(2, AdvanceUntilChanged(known));
    }

    private int AdvanceUntilChanged(long version)
    {
        for (var second = 0; ; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Start();
            if (Sent(_refresh.State!.ChangesSince(version)).Any(text => text.StartsWith("current", StringComparison.Ordinal)))
            {
                return second + 1;
            }

            Assert.InRange(second, 0, 60);
        }
    }

    private void Start() => _refresh.StartDueReads(() => { }, CancellationToken.None);
}
