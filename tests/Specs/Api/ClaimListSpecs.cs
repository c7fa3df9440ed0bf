using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The body of a request with several claims.</summary>
public class ClaimListSpecs
{
    [Theory]
    [InlineData("[]", "")]
    [InlineData(" [ {\"key\":\"1\"} , {\"key\":\"2\"} ] ", "1 2")]
    [InlineData("\uFEFF[{\"key\":\"1\"}]", "1")]
    [InlineData("[{\"key\":\"1\"},null,7,\"x\",[[{}]],{\"key\":true},{\"key\":\"7\"}]",
        "1 invalid-json invalid-json invalid-json invalid-json invalid-json 7")]
    public void An_element_that_is_no_claim_is_a_problem_of_this_element(string body, string lines) =>
        Assert.Equal((lines, null), Read(body));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[{\"key\":\"1\"}")]
    [InlineData("[{\"key\":\"1\"},]")]
    [InlineData("[{\"key\":\"1\"}] []")]
    [InlineData("[{\"key\":\"1\"}\n{\"key\":\"2\"}]")]
    [InlineData("this is no JSON")]
    public void A_body_that_is_no_array_is_a_problem_of_the_whole_request(string body) =>
        Assert.Equal(("", ProblemNames.InvalidJson), Read(body));

    [Theory]
    [InlineData(500, null)]
    [InlineData(501, ProblemNames.BodyTooLarge)]
    public void A_request_has_at_most_500_claims(int count, string? problem)
    {
        var claims = Enumerable.Repeat("{}", count).ToList();

        var array = ClaimList.ReadArray(Encoding.UTF8.GetBytes($"[{string.Join(',', claims)}]"));
        var ndjson = ClaimList.ReadNdjson(Encoding.UTF8.GetBytes(string.Join("\n\n", claims)));

        Assert.Equal((problem, problem), (array.Problem?.Name, ndjson.Problem?.Name));
        Assert.Equal(problem is null ? (500, 500) : (0, 0), (array.Lines.Count, ndjson.Lines.Count));
    }

    [Fact]
    public void An_element_that_is_too_long_is_a_problem_of_this_element()
    {
        var body = JsonSerializer.Serialize(new[] { new { key = "1" }, new { key = new string('k', ClaimLine.MaxBytes) } });

        Assert.Equal(("1 body-too-large", null), Read(body));
    }

    private static (string Lines, string? Problem) Read(string body)
    {
        var (lines, problem) = ClaimList.ReadArray(Encoding.UTF8.GetBytes(body));
        return (string.Join(' ', lines.Select(line => line.Problem?.Name ?? line.Request!.Key)), problem?.Name);
    }
}
