using System.IO.Pipelines;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Specs.Cli;
using TreasureHunt.Specs.Memcached;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The reads of a hunt with subscribers.</summary>
public sealed class HuntBroadcasterSpecs : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HuntBroadcaster _broadcaster;
    private int _reads;

    public HuntBroadcasterSpecs() => _broadcaster = new HuntBroadcaster(
        _ =>
        {
            _reads++;
            return Task.FromResult<HuntSnapshot?>(Snapshot(complete: 12, Goose(10, left: 5)));
        },
        NoLeaderboard, _time);

    [Fact]
    public async Task A_hunt_is_read_every_two_seconds_until_it_has_ended_and_then_once_a_minute()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _time.Advance(TestClock.At("22:59") - _time.GetUtcNow());
        Assert.True(await _broadcaster.LoadAsync(cancellationToken));
        Assert.True(_broadcaster.TrySubscribe(new SseSubscriber(new Pipe().Writer, _time), [], ResumeToken.Start));
        var running = _broadcaster.RunAsync(_stop.Token);

        Assert.InRange(await ReadsIn(seconds: 58), 25, 30);
        // The hunt ends at 23:00, and the next read finds that.
        await ReadsIn(seconds: 6);
        Assert.InRange(await ReadsIn(seconds: 600), 9, 10);

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_failed_first_read_is_retried()
    {
        var reads = 0;
        using var broadcaster = new HuntBroadcaster(
            _ => ++reads < 3 ? throw new ReadModelUnavailableException("late") : Task.FromResult<HuntSnapshot?>(Snapshot(complete: 12)),
            NoLeaderboard, new AutoAdvancingTime());

        Assert.True(await broadcaster.LoadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_cache_the_first_read_fails_after_a_timeout()
    {
        using var broadcaster = new HuntBroadcaster(
            _ => throw new ReadModelUnavailableException("away"), NoLeaderboard, new AutoAdvancingTime());

        await Assert.ThrowsAsync<ReadModelUnavailableException>(() => broadcaster.LoadAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _broadcaster.Dispose();
        _stop.Dispose();
    }

    private async Task<int> ReadsIn(int seconds)
    {
        var before = _reads;
        for (var second = 0; second < seconds; second++)
        {
            // A woken broadcaster begins its next round after the minimum interval.
            await _time.WaitForTimerAsync();
            _broadcaster.NotifyChanged();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await _time.WaitForTimerAsync();
        return _reads - before;
    }
}
