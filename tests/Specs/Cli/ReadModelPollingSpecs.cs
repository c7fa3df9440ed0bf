using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>Waiting for the read models.</summary>
public class ReadModelPollingSpecs
{
    private const string CaughtUp =
        """{"head":7,"readModels":[{"name":"treasures","sequence":7,"behind":0,"lagMs":{"p50":21.5,"p99":80,"count":9}}],"batches":null}""";

    private const string Behind =
        """{"head":7,"readModels":[{"name":"treasures","sequence":5,"behind":2,"lagMs":{"p50":21.5,"p99":80,"count":9}}]}""";

    private static readonly AutoAdvancingTime Time = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CatchUp_waits_until_the_read_models_have_caught_up()
    {
        var engine = new FakeEngine((200, Behind), (503, "{}"), (200, CaughtUp));
        using var client = ClientOf(engine);

        var lag = await new ReadModelPolling(client, Time).WaitUntilCaughtUpAsync(Cancellation);

        Assert.True(lag is { CaughtUp: true, Head: 7, Batches: null });
        Assert.Equal(new LagMs(21.5, 80, 9), lag.ReadModels[0].LagMs);
    }

    [Fact]
    public async Task CatchUp_ends_when_the_read_models_stay_behind()
    {
        using var client = ClientOf(new FakeEngine((200, Behind)));

        Assert.True(await new ReadModelPolling(client, Time).WaitUntilCaughtUpAsync(Cancellation) is { CaughtUp: false });
    }

    [Fact]
    public async Task Show_waits_until_every_Api_shows_the_hunt()
    {
        const string Open =
            """{"huntId":"sale","status":"open","treasures":[{"treasureId":"goose","status":"available","stock":2,"remaining":2}]}""";
        var engine = new FakeEngine(
            (404, "{}"), (200, Open.Replace("open", "draft", StringComparison.Ordinal)), (200, Open), (404, "{}"), (200, Open));
        using var client = ClientOf(engine);

        await new ReadModelPolling(client, Time).WaitUntilShownAsync("sale", "open", treasures: 1, Cancellation);

        Assert.Equal(10, engine.Requests.Count);
    }

    [Fact]
    public async Task Show_fails_when_the_hunt_never_appears()
    {
        using var client = ClientOf(new FakeEngine((404, "{}")));

        var exception =
            await Assert.ThrowsAsync<LoadException>(
                () => new ReadModelPolling(client, Time).WaitUntilShownAsync("sale", "open", 1, Cancellation));

        Assert.StartsWith(
            "The API does not show hunt sale as open with 1 treasures after 60 s", exception.Message, StringComparison.Ordinal);
    }

    private static AdminApiClient ClientOf(FakeEngine engine) =>
        new(engine, new Uri("http://engine.test"), new Uri("http://operators.test"), () => "token", Time);
}
