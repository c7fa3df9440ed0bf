using TreasureHunt.Cli.Audit;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class AdminApiClientSpecs
{
    private static readonly AutoAdvancingTime Time = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_repeated_with_its_key_until_it_is_recorded()
    {
        var engine = new FakeEngine((503, "{}"), (0, "gone"), (429, "{}"), (201, """{"id":"sale","sequence":1}"""));
        using var client = ClientOf(engine);

        await client.CommandAsync("/v1/hunts", "the-key", new { huntId = "sale" }, Cancellation);

        Assert.Equal(Enumerable.Repeat("POST /v1/hunts", 4), engine.Requests);
        Assert.Equal(Enumerable.Repeat("Bearer token the-key  {\"huntId\":\"sale\"}", 4), engine.Contents);
    }

    [Fact]
    public async Task Requests_below_admin_go_to_the_operators_port()
    {
        var engine = new FakeEngine((200, "{}"));
        using var client = ClientOf(engine);

        await client.TryGetAsync<AuditResponse>("/admin/audit", Cancellation);
        await client.TryGetAsync<AuditResponse>("/v1/hunts/admin", Cancellation);
        await client.EnsureReachableAsync(Cancellation);

        Assert.Equal(["operators.test", "engine.test", "engine.test"], engine.Hosts);
    }

    [Fact]
    public async Task A_refused_command_fails_with_the_reason()
    {
        using var client = ClientOf(new FakeEngine((409, """{"type":"urn:treasure-hunt:problem:not-allowed-now"}""")));

        var exception =
            await Assert.ThrowsAsync<LoadException>(() => client.CommandAsync("/v1/hunts/sale/open", "key", null, Cancellation));

        Assert.Contains("POST /v1/hunts/sale/open was refused: 409", exception.Message, StringComparison.Ordinal);
        Assert.Contains("not-allowed-now", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unavailable_engine_fails_after_the_timeout()
    {
        using var client = ClientOf(new FakeEngine((503, "{}")));

        var exception = await Assert.ThrowsAsync<LoadException>(() => client.GetAsync<AuditResponse>("/admin/audit", Cancellation));

        Assert.StartsWith("GET /admin/audit failed for 60 s: 503", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_engine_fails_immediately()
    {
        using var client = ClientOf(new FakeEngine((0, "connection refused")));

        var exception = await Assert.ThrowsAsync<LoadException>(() => client.EnsureReachableAsync(Cancellation));

        Assert.Equal("http://engine.test/ does not answer: is the engine up? (connection refused)", exception.Message);
    }

    private static AdminApiClient ClientOf(FakeEngine engine) =>
        new(engine, new Uri("http://engine.test"), new Uri("http://operators.test"), () => "token", Time);
}
