using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Tokens of visitors.</summary>
public class VisitorTests(SharedEngine engine) : EngineTests(engine)
{
    private static readonly Random Random = new();

    [Fact]
    public async Task A_visitor_gets_a_token_that_can_claim()
    {
        var visitor = await Engine.Anonymous().Post("/v1/visitors");
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());

        var claim = await new ApiCaller(Engine, "api-2", visitor.TextOf("token")).Claim(treasureId, "key");

        Assert.Equal((Outcomes.Won, visitor.TextOf("playerId")), (claim.Outcome, claim.TextOf("playerId")));
    }

    [Fact]
    public async Task An_address_gets_five_visitor_tokens_a_minute_and_responses_are_not_cached()
    {
        var address = ("X-Forwarded-For", $"2001:db8:{Random.Next(65_536):x}:{Random.Next(65_536):x}::1");
        var answers =
            await Task.WhenAll(
                Enumerable.Range(0, 60).Select(_ => Engine.Anonymous().Send(HttpMethod.Post, "/v1/visitors", null, address)));

        Assert.Equal(5, answers.Count(answer => answer.Problem == "200"));
        Assert.Equal(55, answers.Count(answer => answer.Problem == "429 too-many-requests"));
        Assert.All(answers, answer => Assert.Equal("no-store", answer.Headers["Cache-Control"]));
        Assert.All(
            answers.Where(answer => answer.Problem == "200"),
            answer => Assert.Matches("^visitor-[0-9a-f]{32}$", answer.TextOf("playerId")));
        Assert.All(
            answers.Where(answer => answer.Problem != "200"),
            answer => Assert.InRange(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60));
    }
}
