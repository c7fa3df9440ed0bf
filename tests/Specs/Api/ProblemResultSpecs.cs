using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The response to a command that a worker refuses.</summary>
public class ProblemResultSpecs
{
    [Fact]
    public async Task A_known_problem_keeps_its_name_and_status() => Assert.Equal(
        (404, "urn:treasure-hunt:problem:hunt-not-found", "There is no hunt sale."),
        await ResponseOf(ProblemResults.OfWorker(ProblemNames.HuntNotFound, "There is no hunt sale.")));

    [Fact]
    public async Task An_unknown_problem_of_a_newer_build_is_a_409_with_its_detail() => Assert.Equal(
        (409, "urn:treasure-hunt:problem:not-allowed-now", "Hunts do not run on Sundays."),
        await ResponseOf(ProblemResults.OfWorker("hunt-not-allowed-today", "Hunts do not run on Sundays.")));

    [Fact]
    public async Task An_unknown_problem_without_detail_contains_its_name() => Assert.Equal(
        (409, "urn:treasure-hunt:problem:not-allowed-now", "The worker refused it: hunt-not-allowed-today."),
        await ResponseOf(ProblemResults.OfWorker("hunt-not-allowed-today", null)));

    private static async Task<(int Status, string? Type, string? Detail)> ResponseOf(IResult result)
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
