using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Memcached;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The status of an Api during the outage of a cache.</summary>
public sealed class StatusTests(SharedEngine engine) : EngineTests(engine)
{
    private const string ApiName = "api-forgetful";

    private readonly FaultyTcpProxy _memcached = FaultyTcpProxy.To(MemcachedFixture.ConnectionString);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.StartHost(ApiName, ("ConnectionStrings__Memcached", _memcached.Address), ("Visitors__Enabled", "false"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.Equal(0, await Engine.Host(ApiName).Stop());
        await _memcached.DisposeAsync();
    }

    [Fact]
    public async Task An_unresponsive_cache_degrades_the_Api_until_it_recovers()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        await Engine.Anonymous(ApiName).WaitForLevel("normal");

        _memcached.Pause(Direction.ToClient);
        var degraded = await Engine.Anonymous(ApiName).WaitForLevel("degraded", ("memcached", "away"));
        Assert.Equal("no-store", degraded.Headers["Cache-Control"]);

        // Reads continue from Redis.
        var read = await Engine.Anonymous(ApiName).Get($"/v1/treasures/{treasureId}");
        Assert.Equal(("200", "degraded"), (read.Problem, read.Headers["Hunt-Status"]));
        var ready = await Engine.Anonymous(ApiName).Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, ready.TextOf("status")));
        Assert.Matches("(?m)^treasurehunt_status(\\{.*\\})? 1( |$)", (await Engine.Anonymous(ApiName).Get("/metrics")).Text);

        _memcached.Resume();
        await Engine.Anonymous(ApiName).WaitForLevel("normal");
        await Poll.Until("it is healthy", async () => (await Engine.Anonymous(ApiName).Get("/health/ready")).TextOf("status") == "Healthy");
    }
}
