using System.Diagnostics;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>An Api that reaches the bus and no cache: what it does not know it does not say, and claims it takes all the same.</summary>
public sealed class CutOffTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Door = "api-cut-off";
    private const string Nowhere = "127.0.0.1:1";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.Add(
            Door,
            ("ConnectionStrings__RedisReadModels", Nowhere),
            ("ConnectionStrings__Memcached", Nowhere),
            ("Visitors__Enabled", "false"));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Assert.Equal(0, await Engine.Host(Door).Stop());
    }

    [Fact]
    public async Task Reads_are_an_honest_503_and_claims_are_decided()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        var alice = Engine.Player("alice", Door);

        var won = await alice.Claim(treasureId, "key");
        foreach (var path in (string[])
            ["/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/hunts/{huntId}/stream", $"/v1/treasures/{treasureId}", $"/v1/claims/{won.ClaimId}", "/v1/players/me/claims"])
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await alice.Get(path);
            Assert.Equal("503 read-model-unavailable", answer.Problem);
            Assert.Matches("^[123]$", answer.Headers["Retry-After"]);
            Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            Assert.Equal("degraded", answer.Headers["Hunt-Status"]);
            Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        Assert.Equal(Outcomes.Won, won.Outcome);
        Assert.Equal(won.Text, (await alice.Claim(treasureId, "key")).Text);
        Assert.Equal(Outcomes.Won, (await alice.At("api-2").Outcome(won.ClaimId)).Outcome);

        // What the door cannot know, the worker says: a loss, and not a problem.
        Assert.Equal(Reasons.TreasureExhausted, (await Engine.Player("bob", Door).Claim(treasureId, "key")).Outcome);
        Assert.Equal(
            Reasons.TreasureNotFound, (await Engine.Player("bob", Door).Claim($"no-treasure-{Ids.FreshSlug()[^12..]}", "key")).Outcome);

        // It says so, and stays in the proxy's rotation for the claims.
        var status = await alice.Get("/v1/status");
        Assert.Equal(("200", "degraded"), (status.Problem, status.Word("level")));
        Assert.Equal(
            ["away", "away", "up", "away", "up"],
            status["dependencies"].EnumerateObject().Select(dependency => dependency.Value.GetProperty("state").GetString()));
        var ready = await alice.Get("/health/ready");
        Assert.Equal(("200", "Degraded"), (ready.Problem, ready.Word("status")));

        // And an operator who does not let strangers in has no such route.
        Assert.Equal("404 not-found", (await Engine.Nobody(Door).Post("/v1/visitors")).Problem);
    }
}
