using System.IO.Pipelines;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Specs.Cli;
using TreasureHunt.Specs.Memcached;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>When a hunt with a client is read.</summary>
public sealed class WatchedHuntSpecs : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HuntBroadcaster _hunt;
    private int _reads;

    public WatchedHuntSpecs() => _hunt = new HuntBroadcaster(
        _ =>
        {
            _reads++;
            return Task.FromResult<HuntReading?>(Snapshot(complete: 12, Goose(10, left: 5)));
        },
        _time);

    [Fact]
    public async Task A_hunt_is_read_every_two_seconds_until_it_is_over_and_then_once_a_minute()
    {
        var ct = TestContext.Current.CancellationToken;
        _time.Advance(TestClock.At("22:59") - _time.GetUtcNow());
        Assert.True(await _hunt.OpenAsync(ct));
        Assert.True(_hunt.TryJoin(new SseSubscriber(new Pipe().Writer, _time), [], ResumeToken.Nothing));
        var running = _hunt.RunAsync(_stop.Token);

        Assert.InRange(await ReadsIn(seconds: 58), 25, 30);
        // Its end is at 23:00, and the reading after that tells.
        await ReadsIn(seconds: 6);
        Assert.InRange(await ReadsIn(seconds: 600), 9, 10);

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task A_first_reading_that_fails_is_tried_again()
    {
        var reads = 0;
        using var hunt = new HuntBroadcaster(
            _ => ++reads < 3 ? throw new ReadModelUnavailableException("late") : Task.FromResult<HuntReading?>(Snapshot(complete: 12)),
            new HurriedTime());

        Assert.True(await hunt.OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_cache_the_first_reading_ends_after_a_while()
    {
        using var hunt = new HuntBroadcaster(_ => throw new ReadModelUnavailableException("away"), new HurriedTime());

        await Assert.ThrowsAsync<ReadModelUnavailableException>(() => hunt.OpenAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _hunt.Dispose();
        _stop.Dispose();
    }

    private async Task<int> ReadsIn(int seconds)
    {
        var before = _reads;
        for (var second = 0; second < seconds; second++)
        {
            // It rests after a round; with something to tell, the next round begins at the end of the rest.
            await _time.SomebodyWaits();
            _hunt.Wake();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await _time.SomebodyWaits();
        return _reads - before;
    }
}
