using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Engine;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class AdminDeskSpecs
{
    private const string Caught =
        """{"head":7,"readModels":[{"name":"treasures","sequence":7,"behind":0,"lagMs":{"p50":21.5,"p99":80,"count":9}}],"batches":null}""";
    private const string Behind =
        """{"head":7,"readModels":[{"name":"treasures","sequence":5,"behind":2,"lagMs":{"p50":21.5,"p99":80,"count":9}}]}""";

    private static readonly HurriedTime Time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_repeated_with_its_key_until_it_is_recorded()
    {
        var engine = new FakeEngine((503, "{}"), (0, "gone"), (429, "{}"), (201, """{"id":"sale","sequence":1}"""));
        using var desk = Desk(engine);

        await desk.CommandAsync("/v1/hunts", "the-key", new { huntId = "sale" }, Cancellation);

        Assert.Equal(Enumerable.Repeat("POST /v1/hunts", 4), engine.Asked);
        Assert.Equal(Enumerable.Repeat("Bearer token the-key  {\"huntId\":\"sale\"}", 4), engine.Sent);
    }

    [Fact]
    public async Task What_is_below_admin_is_asked_at_the_operators_port()
    {
        var engine = new FakeEngine((200, "{}"));
        using var desk = Desk(engine);

        await desk.TryGetAsync<AuditResponse>("/admin/audit", Cancellation);
        await desk.TryGetAsync<AuditResponse>("/v1/hunts/admin", Cancellation);
        await desk.EnsureReachableAsync(Cancellation);

        Assert.Equal(["operators.test", "engine.test", "engine.test"], engine.Hosts);
    }

    [Fact]
    public async Task A_command_that_a_rule_forbids_ends_the_run_with_the_reason()
    {
        using var desk = Desk(new FakeEngine((409, """{"type":"urn:treasure-hunt:problem:not-allowed-now"}""")));

        var complaint = await Assert.ThrowsAsync<CliException>(() => desk.CommandAsync("/v1/hunts/sale/open", "key", null, Cancellation));

        Assert.Contains("POST /v1/hunts/sale/open was refused: 409", complaint.Message, StringComparison.Ordinal);
        Assert.Contains("not-allowed-now", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_stays_away_is_given_up()
    {
        using var desk = Desk(new FakeEngine((503, "{}")));

        var complaint = await Assert.ThrowsAsync<CliException>(() => desk.GetAsync<AuditResponse>("/admin/audit", Cancellation));

        Assert.StartsWith("GET /admin/audit had no good answer for 60 s: 503", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_answers_it_says_so_at_once()
    {
        using var desk = Desk(new FakeEngine((0, "connection refused")));

        var complaint = await Assert.ThrowsAsync<CliException>(() => desk.EnsureReachableAsync(Cancellation));

        Assert.Equal("Nobody answers at http://engine.test/: is the engine up? (connection refused)", complaint.Message);
    }

    [Fact]
    public async Task A_log_that_breaks_off_is_taken_up_again_where_it_broke()
    {
        var engine = new FakeEngine((200, Line(3) + "\n" + Line(5) + "\n✂"), (503, "{}"), (200, Line(8) + "\n"));
        using var desk = Desk(engine);
        var read = new List<long>();

        await new EventFeedClient(desk, Time).ReadAsync("sale", entry => read.Add(entry.Sequence), Cancellation);

        Assert.Equal([3, 5, 8], read);
        Assert.Equal(
            ["GET /admin/events?after=0&huntId=sale", "GET /admin/events?after=5&huntId=sale", "GET /admin/events?after=5&huntId=sale"],
            engine.Asked);
    }

    [Fact]
    public async Task It_waits_until_the_read_models_have_caught_up()
    {
        var engine = new FakeEngine((200, Behind), (503, "{}"), (200, Caught));
        using var desk = Desk(engine);

        var lag = await new ReadSide(desk, Time).CatchUpAsync(Cancellation);

        Assert.True(lag is { CaughtUp: true, Head: 7, Batches: null });
        Assert.Equal(new LagMs(21.5, 80, 9), lag.ReadModels[0].LagMs);
    }

    [Fact]
    public async Task It_does_not_wait_for_ever_for_read_models()
    {
        using var desk = Desk(new FakeEngine((200, Behind)));

        Assert.True(await new ReadSide(desk, Time).CatchUpAsync(Cancellation) is { CaughtUp: false });
    }

    [Fact]
    public async Task It_waits_until_every_door_shows_the_hunt()
    {
        const string Open =
            """{"huntId":"sale","status":"open","treasures":[{"treasureId":"goose","status":"available","stock":2,"remaining":2}]}""";
        var engine = new FakeEngine(
            (404, "{}"), (200, Open.Replace("open", "draft", StringComparison.Ordinal)), (200, Open), (404, "{}"), (200, Open));
        using var desk = Desk(engine);

        await new ReadSide(desk, Time).ShowAsync("sale", "open", treasures: 1, Cancellation);

        Assert.Equal(10, engine.Asked.Count);
    }

    [Fact]
    public async Task A_hunt_that_is_never_shown_ends_the_run()
    {
        using var desk = Desk(new FakeEngine((404, "{}")));

        var complaint = await Assert.ThrowsAsync<CliException>(() => new ReadSide(desk, Time).ShowAsync("sale", "open", 1, Cancellation));

        Assert.StartsWith("After 60 s the door still does not show hunt sale as open", complaint.Message, StringComparison.Ordinal);
    }

    private static AdminApiClient Desk(FakeEngine engine) =>
        new(engine, new Uri("http://engine.test"), new Uri("http://operators.test"), () => "token", Time);

    private static string Line(long sequence) =>
        $$$"""{"sequence":{{{sequence}}},"streamKey":"hunt-sale","version":1,"type":"hunt-opened.v1","id":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","at":"2026-11-23T18:00:01Z","data":{"huntId":"sale","at":"2026-11-23T18:00:00Z"}}""";
}
