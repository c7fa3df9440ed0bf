using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Health, metrics and administration routes of every host.</summary>
public sealed class HostStatusTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [InlineData("api-1")]
    [InlineData("commands-1")]
    [InlineData("projections-1")]
    public async Task Every_host_reports_its_health_and_metrics(string host)
    {
        Assert.Equal("200", (await Engine.Anonymous(host).Get("/health/live")).Problem);
        await Poll.Until(
            $"{host} is healthy", async () => (await Engine.Anonymous(host).Get("/health/ready")).TextOf("status") == "Healthy");
        var metrics = await Engine.Anonymous(host).Get("/metrics");
        Assert.Equal("200", metrics.Problem);
        Assert.Contains("# TYPE", metrics.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/audit?huntId=%00")]
    [InlineData("/admin/commands?by=%00")]
    [InlineData("/admin/at/1/hunts/UPPER")]
    public async Task An_invalid_parameter_of_an_administration_route_is_refused(string path) =>
        Assert.Equal($"400 {ProblemNames.InvalidRequest}", (await Engine.Admin("projections-1").Get(path)).Problem);

    [Theory]
    [InlineData("commands-1", "/admin/errors")]
    [InlineData("projections-1", "/admin/lag")]
    [InlineData("projections-1", "/admin/events")]
    public async Task Administration_routes_support_HEAD(string host, string path) =>
        Assert.Equal("200", (await Engine.Admin(host).Send(HttpMethod.Head, path, null)).Problem);

    [Fact]
    public async Task A_worker_reports_the_reachable_lock_masters() =>
        Assert.Equal(
            "3 of 3 lock masters answer",
            (await Engine.Anonymous("commands-1").Get("/health/ready"))["checks"].GetProperty("locks").GetProperty("description")
                .GetString());
}
