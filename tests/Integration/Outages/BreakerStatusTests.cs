using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Circuit breakers in health checks and metrics.</summary>
public sealed class BreakerStatusTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Circuit_breakers_are_reported_in_health_and_metrics()
    {
        var ready = await Poll.For("it is healthy", async () =>
            await Engine.Anonymous("api-1").Get("/health/ready") is var answer && answer.TextOf("status") == "Healthy" ? answer : null);
        var checks = ready["checks"];
        var metrics = (await Engine.Anonymous("api-1").Get("/metrics")).Text;

        Assert.All((string[])["memcached", "redis"], cache =>
        {
            Assert.Equal("breaker closed", checks.GetProperty(cache).GetProperty("description").GetString());
            Assert.Matches($"(?m)^treasurehunt_breaker_open\\{{.*hop=\"{cache}\".*\\}} [01]( |$)", metrics);
            Assert.Contains($"pipeline_name=\"{cache}\"", metrics, StringComparison.Ordinal);
        });
        Assert.Equal("Healthy", checks.GetProperty("bus").GetProperty("status").GetString());
    }
}
