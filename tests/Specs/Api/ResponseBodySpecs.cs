using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;
using TreasureHunt.ReadModels;
using TreasureHunt.Specs.Fuzz;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Claims and problems have the bodies that the framework would write, and their length.</summary>
public class ResponseBodySpecs
{
    private static readonly Gen<string> Names = Gen.Char["abz09._:-"].Array[1, 20].Select(characters => new string(characters));

    private static readonly Gen<DateTimeOffset> Times =
        Gen.Long[0, TimeSpan.TicksPerDay].Select(ticks => DateTimeOffset.UnixEpoch.AddTicks(ticks));

    private static readonly Gen<ClaimView> Views = Gen.Select(
        Names, Names, FuzzInputs.OneOf(Outcomes.Won, Outcomes.Rejected, Outcomes.Pending), Gen.Long[0, 9], Times, Gen.Bool,
        (treasure, player, outcome, number, time, has) => new ClaimView(
            Ids.ForClaim(player, treasure, "key"), treasure, has ? "sale" : "", player, outcome, has ? Reasons.TreasureExhausted : null,
            has ? number : null, has ? null : number, number, time, has ? time : null));

    [Fact]
    public void A_claim_has_the_body_of_the_framework() => Views.Sample(
        view => AssertSame(
            http => new ClaimResult(view).ToHttp(http),
            view.Outcome == Outcomes.Pending
                ? Results.Accepted($"/v1/claims/{view.ClaimId}", ClaimResponse.Of(view)) : Results.Ok(ClaimResponse.Of(view))),
        iter: 300);

    [Fact]
    public void A_problem_has_the_body_of_the_framework() => Gen.Select(
        FuzzInputs.OneOf(ProblemCatalogNames), FuzzInputs.OneOf<string?>(null, "", "It's \"x\" <é>\u2028", "plain"), Gen.Bool).Sample(
        (name, detail, hasErrors) =>
        {
            var problem = new ClaimProblem(
                name, detail, hasErrors ? new Dictionary<string, string[]> { ["proof"] = ["too long", "ü"] } : null);
            AssertSame(_ => ProblemResults.Of(problem), Results.Problem(ProblemResults.DetailsOf(problem)));
        },
        iter: 300);

    private static string[] ProblemCatalogNames => [.. ProblemCatalog.All.Keys];

    private static void AssertSame(Func<HttpContext, IResult> own, IResult framework)
    {
        var (expected, actual) = (Respond(_ => framework), Respond(own));
        Assert.Equal(expected with { Length = Encoding.UTF8.GetByteCount(expected.Body) }, actual);
    }

    private static Response Respond(Func<HttpContext, IResult> result)
    {
        using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        result(http).ExecuteAsync(http).GetAwaiter().GetResult();
        return new Response(
            http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location, Encoding.UTF8.GetString(body.ToArray()),
            http.Response.ContentLength);
    }

    private sealed record Response(int Status, string? Type, string? Location, string Body, long? Length);
}
