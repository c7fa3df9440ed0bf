using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public sealed class PeakLoadSpecs : IDisposable
{
    private static readonly Uri Url = new("http://engine.test");

    private static readonly double[] Offsets = [0, 25, 25, 200];

    private readonly AutoAdvancingTime _time = new();
    private readonly ClaimTally _tally = new();
    private readonly FakeEngine _engine = new((200, """{"outcome":"won","reason":null}"""));
    private readonly double?[] _sentAtMs = new double?[4];

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_rush_sends_every_claim_once_and_records_the_send_times()
    {
        await RunAsync((load, claims) => load.RunClosedLoopAsync(claims, _sentAtMs, TestContext.Current.CancellationToken));

        Assert.Equal(["a", "b", "c", "d"], _engine.Contents.Select(sent => sent.Split(' ')[2]).Order());
        Assert.Equal((4, 4), (_tally.Sent, _tally.Won));
        Assert.All(_sentAtMs, at => Assert.NotNull(at));
    }

    [Fact]
    public async Task A_replay_sends_claims_at_the_recorded_times()
    {
        await RunAsync(
            (load, claims) => load.RunOnScheduleAsync(claims, _sentAtMs, TestContext.Current.CancellationToken), TimeProvider.System);

        Assert.Equal(["a", "b", "c", "d"], _engine.Contents.Select(sent => sent.Split(' ')[2]));
        Assert.All(_sentAtMs.Zip(Offsets), sent => Assert.True(sent.First >= sent.Second, $"{sent.First} ms instead of {sent.Second} ms"));
    }

    [Fact]
    public async Task A_cancelled_peak_load_sends_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync((load, claims) => load.RunClosedLoopAsync(claims, _sentAtMs, cancelled.Token)));

        Assert.Empty(_engine.Contents);
        Assert.All(_sentAtMs, at => Assert.Null(at));
    }

    private async Task RunAsync(Func<PeakLoad, IReadOnlyList<PreparedClaim>, Task> run, TimeProvider? timeProvider = null)
    {
        var time = timeProvider ?? _time;
        using var client = new ClaimsApiClient(_engine);
        using var caller = new RetryingCaller(client, _tally, Url, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), time);
        await run(new PeakLoad(caller, callers: 1, time), [.. Offsets.Zip("abcd", (offset, key) => Claim($"{key}", offset))]);
    }

    private static PreparedClaim Claim(string key, double offsetMs) => new(
        new ClaimCall(new Uri(Url, "/v1/treasures/goose/claims"), "Bearer alice", key, Body: null),
        new ClaimHistory(Ids.ForClaim("alice", "goose", key), "alice", "goose", proofRight: true),
        offsetMs);
}
