using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What a caller is told when a worker refuses a command.</summary>
public class ProblemSpecs
{
    [Fact]
    public async Task A_problem_that_this_build_knows_is_told_by_its_name() => Assert.Equal(
        (404, "urn:treasure-hunt:problem:hunt-not-found", "There is no hunt sale."),
        await Told(ProblemResults.OfWorker(ProblemNames.HuntNotFound, "There is no hunt sale.")));

    [Fact]
    public async Task A_problem_of_a_newer_build_is_a_409_with_the_words_of_the_worker() => Assert.Equal(
        (409, "urn:treasure-hunt:problem:not-allowed-now", "A hunt rests on Sundays."),
        await Told(ProblemResults.OfWorker("hunt-rests", "A hunt rests on Sundays.")));

    [Fact]
    public async Task Without_words_its_name_is_told() => Assert.Equal(
        (409, "urn:treasure-hunt:problem:not-allowed-now", "The worker refused it: hunt-rests."),
        await Told(ProblemResults.OfWorker("hunt-rests", null)));

    private static async Task<(int Status, string? Type, string? Detail)> Told(IResult result)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = services, Response = { Body = body } };
        await result.ExecuteAsync(http);
        using var problem = JsonDocument.Parse(body.ToArray());
        return (http.Response.StatusCode, problem.RootElement.GetProperty("type").GetString(), problem.RootElement.GetProperty("detail")
            .GetString());
    }
}
