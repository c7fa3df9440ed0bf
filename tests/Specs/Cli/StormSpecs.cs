using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public sealed class StormSpecs : IDisposable
{
    private static readonly Uri Url = new("http://engine.test");

    private readonly HurriedTime _time = new();
    private readonly DemoTally _tally = new();
    private readonly FakeEngine _engine = new((200, """{"outcome":"won","reason":null}"""));
    private readonly double?[] _sentAtMs = new double?[4];

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_rush_sends_every_claim_once_and_notes_when()
    {
        await RunAsync((storm, sends) => storm.RushAsync(sends, _sentAtMs, TestContext.Current.CancellationToken));

        Assert.Equal(["a", "b", "c", "d"], _engine.Sent.Select(sent => sent.Split(' ')[2]).Order());
        Assert.Equal((4, 4), (_tally.Sent, _tally.Won));
        Assert.All(_sentAtMs, at => Assert.NotNull(at));
    }

    [Fact]
    public async Task A_replay_keeps_to_the_recorded_times()
    {
        await RunAsync((storm, sends) => storm.KeepTimeAsync(sends, _sentAtMs, TestContext.Current.CancellationToken));

        Assert.Equal(["a", "b", "c", "d"], _engine.Sent.Select(sent => sent.Split(' ')[2]));
        Assert.Equal([0, 250, 250, 9_000], _sentAtMs);
    }

    [Fact]
    public async Task A_storm_that_is_called_off_sends_no_more()
    {
        using var off = new CancellationTokenSource();
        await off.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RunAsync((storm, sends) => storm.RushAsync(sends, _sentAtMs, off.Token)));

        Assert.Empty(_engine.Sent);
        Assert.All(_sentAtMs, at => Assert.Null(at));
    }

    private async Task RunAsync(Func<PeakLoad, IReadOnlyList<Send>, Task> run)
    {
        using var door = new ClaimsApiClient(_engine);
        using var caller = new RetryingCaller(door, _tally, Url, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), _time);
        await run(new PeakLoad(caller, callers: 1, _time), [Claim("a", 0), Claim("b", 250), Claim("c", 250), Claim("d", 9_000)]);
    }

    private static Send Claim(string key, double offsetMs) => new(
        new ClaimCall(new Uri(Url, "/v1/treasures/goose/claims"), "Bearer alice", key, Body: null),
        new ClaimHistory(Ids.ForClaim("alice", "goose", key), "alice", "goose", proofRight: true),
        offsetMs);
}
