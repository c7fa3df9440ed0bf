using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>What operators ask, of every process.</summary>
public sealed class OperationsTests(SharedEngine engine) : EngineTests(engine)
{
    private static readonly Random Random = new();

    [Theory]
    [InlineData("api-1")]
    [InlineData("commands-1")]
    [InlineData("projections-1")]
    public async Task Every_host_tells_its_health_and_its_metrics(string host)
    {
        Assert.Equal("200", (await Engine.Nobody(host).Get("/health/live")).Problem);
        await Until.True($"{host} is well", async () => (await Engine.Nobody(host).Get("/health/ready")).Word("status") == "Healthy");
        var metrics = await Engine.Nobody(host).Get("/metrics");
        Assert.Equal("200", metrics.Problem);
        Assert.Contains("# TYPE", metrics.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/audit?huntId=%00")]
    [InlineData("/admin/commands?by=%00")]
    [InlineData("/admin/at/1/hunts/UPPER")]
    public async Task An_operator_s_parameter_that_is_not_of_its_form_is_refused(string path) =>
        Assert.Equal($"400 {ProblemNames.InvalidRequest}", (await Engine.Admin("projections-1").Get(path)).Problem);

    [Theory]
    [InlineData("commands-1", "/admin/errors")]
    [InlineData("projections-1", "/admin/lag")]
    [InlineData("projections-1", "/admin/events")]
    public async Task Operators_may_ask_for_the_headers_alone(string host, string path) =>
        Assert.Equal("200", (await Engine.Admin(host).Send(HttpMethod.Head, path, null)).Problem);

    [Fact]
    public async Task A_worker_tells_how_many_lock_masters_answer() =>
        Assert.Equal(
            "3 of 3 lock masters answer",
            (await Engine.Nobody("commands-1").Get("/health/ready"))["checks"].GetProperty("locks").GetProperty("description").GetString());

    [Fact]
    public async Task The_log_is_told_line_by_line_whole_or_for_one_hunt()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId);
        await Engine.Player("alice").Wins(treasureId, "key");

        var lines = await Events($"?huntId={huntId}");

        Assert.Equal(
            ["hunt-drafted.v1", "hunt-opened.v1", "treasure-hidden.v1", "treasure-awarded.v1"],
            lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal(Ids.ForClaim("alice", treasureId, "key"), lines[3].GetProperty("id").GetGuid());
        Assert.Equal(
            (StreamNames(treasureId), 2), (lines[3].GetProperty("streamKey").GetString(), lines[3].GetProperty("version").GetInt32()));
        var second = lines[1].GetProperty("sequence").GetInt64();
        Assert.Equal(2, (await Events($"?huntId={huntId}&after={second}")).Count);
        Assert.Contains(await Events($"?after={second - 1}"), line => line.GetProperty("sequence").GetInt64() == second);
    }

    [Fact]
    public async Task The_lag_tells_how_far_each_read_model_is()
    {
        await Engine.Admin().OpenHunt();

        var lag = await Engine.Admin("projections-1").Get("/admin/lag");

        Assert.Equal(
            ["hunts", "treasures", "memcached", "leaderboard", "claims"],
            lag["readModels"].EnumerateArray().Select(model => model.GetProperty("name").GetString()));
        Assert.InRange(lag.Number("head")!.Value, 1, long.MaxValue);
    }

    [Fact]
    public async Task A_visitor_gets_a_token_that_can_claim_where_the_operator_allows_it()
    {
        var visitor = await Engine.Nobody().Post("/v1/visitors");
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        var claim = await new ApiCaller(Engine, "api-2", visitor.Word("token")).Claim(treasureId, "key");

        Assert.Equal((Outcomes.Won, visitor.Word("playerId")), (claim.Outcome, claim.Word("playerId")));
    }

    [Fact]
    public async Task An_address_is_given_five_visitors_tokens_a_minute_and_no_cache_keeps_them()
    {
        var address = ("X-Forwarded-For", $"2001:db8:{Random.Next(65_536):x}:{Random.Next(65_536):x}::1");
        var answers =
            await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Engine.Nobody().Send(HttpMethod.Post, "/v1/visitors", null, address)));

        Assert.Equal(5, answers.Count(answer => answer.Problem == "200"));
        Assert.Equal(55, answers.Count(answer => answer.Problem == "429 too-many-requests"));
        Assert.All(answers, answer => Assert.Equal("no-store", answer.Headers["Cache-Control"]));
        Assert.All(
            answers.Where(answer => answer.Problem == "200"), answer => Assert.Matches("^visitor-[0-9a-f]{32}$", answer.Word("playerId")));
        Assert.All(
            answers.Where(answer => answer.Problem != "200"),
            answer => Assert.InRange(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60));
    }

    private static string StreamNames(string treasureId) => Contracts.Events.StreamNames.Treasure(treasureId);

    private async Task<List<JsonElement>> Events(string query) =>
        (await Engine.Admin("projections-1").Get($"/admin/events{query}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
            line => JsonDocument.Parse(line).RootElement).ToList();
}
