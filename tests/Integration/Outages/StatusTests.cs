using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Memcached;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>An Api that loses a cache and finds it again, and says so.</summary>
public sealed class StatusTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Forgetful = "api-forgetful";

    private readonly Relay _memcached = Relay.To(RealServer.ConnectionString);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Add(Forgetful, ("ConnectionStrings__Memcached", _memcached.Name), ("Visitors__Enabled", "false"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.Equal(0, await Engine.Host(Forgetful).Stop());
        await _memcached.DisposeAsync();
    }

    [Fact]
    public async Task A_cache_that_falls_silent_degrades_the_Api_and_its_return_is_noticed()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        await Engine.Nobody(Forgetful).Becomes("normal");

        _memcached.HoldBack(Direction.ToClient);
        var degraded = await Engine.Nobody(Forgetful).Becomes("degraded", ("memcached", "away"));
        Assert.Equal("no-store", degraded.Headers["Cache-Control"]);

        // Everything goes on, from Redis.
        var read = await Engine.Nobody(Forgetful).Get($"/v1/treasures/{treasureId}");
        Assert.Equal(("200", "degraded"), (read.Problem, read.Headers["Hunt-Status"]));
        var ready = await Engine.Nobody(Forgetful).Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, ready.Word("status")));
        Assert.Matches("(?m)^treasurehunt_status(\\{.*\\})? 1( |$)", (await Engine.Nobody(Forgetful).Get("/metrics")).Text);

        _memcached.Release();
        await Engine.Nobody(Forgetful).Becomes("normal");
        await Until.True("it is well", async () => (await Engine.Nobody(Forgetful).Get("/health/ready")).Word("status") == "Healthy");
    }

    [Fact]
    public async Task Breakers_show_in_health_and_metrics()
    {
        var ready = await Until.Some("it is well", async () =>
            await Engine.Nobody("api-1").Get("/health/ready") is var answer && answer.Word("status") == "Healthy" ? answer : null);
        var checks = ready["checks"];
        var metrics = (await Engine.Nobody("api-1").Get("/metrics")).Text;

        Assert.All((string[])["memcached", "redis"], hop =>
        {
            Assert.Equal("breaker closed", checks.GetProperty(hop).GetProperty("description").GetString());
            Assert.Matches($"(?m)^treasurehunt_breaker_open\\{{.*hop=\"{hop}\".*\\}} [01]( |$)", metrics);
            Assert.Contains($"pipeline_name=\"{hop}\"", metrics, StringComparison.Ordinal);
        });
        Assert.Equal("Healthy", checks.GetProperty("bus").GetProperty("status").GetString());
    }
}

/// <summary>What an Api says of itself.</summary>
internal static class Statuses
{
    /// <summary>
    /// Waits until the caller's Api declares a level and its dependencies are in these states, and answers what it says then.
    /// </summary>
    /// <param name="states">Those that the test is about: on a busy machine a level may be declared for another reason first.</param>
    public static Task<ApiResponse> Becomes(
        this ApiCaller caller, string level,
        params (string Dependency, string State)[] states) => Until.Some($"{caller.Host} is {level}", async () =>
        await caller.Get("/v1/status") is var status && status.Word("level") == level
            && states.All(state => status.State(state.Dependency) == state.State) ? status : null);

    public static string? State(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("state").GetString();

    public static string? Breaker(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("breaker").GetString();
}
