using System.Diagnostics;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>An Api that reaches the bus and no cache accepts claims and refuses reads.</summary>
public sealed class CacheOutageTests(SharedEngine engine) : EngineTests(engine)
{
    private const string ApiName = "api-cut-off";
    private const string Unreachable = "127.0.0.1:1";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.StartHost(
            ApiName,
            ("ConnectionStrings__RedisReadModels", Unreachable),
            ("ConnectionStrings__Memcached", Unreachable),
            ("Visitors__Enabled", "false"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.Equal(0, await Engine.Host(ApiName).Stop());
    }

    [Fact]
    public async Task Without_caches_reads_get_503_and_claims_are_decided()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        var alice = Engine.Player("alice", ApiName);

        var won = await alice.Claim(treasureId, "key");
        string[] paths =
        [
            "/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/hunts/{huntId}/stream",
            $"/v1/treasures/{treasureId}", $"/v1/claims/{won.ClaimId}", "/v1/players/me/claims",
        ];
        foreach (var path in paths)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await alice.Get(path);
            Assert.Equal("503 read-model-unavailable", answer.Problem);
            Assert.Matches("^[123]$", answer.Headers["Retry-After"]);
            Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            Assert.Equal("degraded", answer.Headers["Hunt-Status"]);
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        Assert.Equal(Outcomes.Won, won.Outcome);
        Assert.Equal(won.Text, (await alice.Claim(treasureId, "key")).Text);
        Assert.Equal(Outcomes.Won, (await alice.At("api-2").WaitForOutcome(won.ClaimId)).Outcome);

        // The Api cannot check these claims; the worker refuses them.
        Assert.Equal(Reasons.TreasureExhausted, (await Engine.Player("bob", ApiName).Claim(treasureId, "key")).Outcome);
        Assert.Equal(
            Reasons.TreasureNotFound, (await Engine.Player("bob", ApiName).Claim($"no-treasure-{Ids.FreshSlug()[^12..]}", "key")).Outcome);

        // The Api reports the outage and stays in the rotation of the proxy.
        var status = await alice.Get("/v1/status");
        Assert.Equal(("200", "degraded"), (status.Problem, status.TextOf("level")));
        Assert.Equal(
            ["away", "away", "up", "away", "up"],
            status["dependencies"].EnumerateObject().Select(dependency => dependency.Value.GetProperty("state").GetString()));
        var ready = await alice.Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, ready.TextOf("status")));

        // Without visitors the route does not exist.
        Assert.Equal("404 not-found", (await Engine.Anonymous(ApiName).Post("/v1/visitors")).Problem);
    }
}
