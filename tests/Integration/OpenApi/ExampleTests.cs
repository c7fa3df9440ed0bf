using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The examples of the OpenAPI document.</summary>
public sealed partial class ExampleTests(SharedEngine engine) : OpenApiDocumentTests(engine)
{
    [Fact]
    public void A_claim_has_an_example_of_the_win_and_of_every_rejection()
    {
        // A treasure of a hunt that has not opened is reported as not found.
        var reasons =
            typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
                .Except([Reasons.HuntNotOpen]);

        var examples = Examples(Document.GetProperty("paths").GetProperty("/v1/treasures/{treasureId}/claims").GetProperty("post"), "200")
            .ToDictionary(example => example.Name, example => example.Value.GetProperty("value"));

        Assert.Equal(reasons.Append(Outcomes.Won).Order(), examples.Keys.Order());
        Assert.All(
            examples.Where(example => example.Key != Outcomes.Won),
            example => Assert.Equal(example.Key, example.Value.GetProperty("reason").GetString()));
    }

    [Fact]
    public void Every_problem_of_the_documentation_has_an_example_with_its_status()
    {
        var rows = Row().Matches(RepositoryFiles.Read("docs/http-api.md").Split("## Problems")[1])
            .SelectMany(
                row => Name().Matches(row.Groups[1].Value).Select(name => (Name: name.Groups[1].Value, Status: row.Groups[2].Value)))
                    .ToList();
        var examples = Document.GetProperty("components").GetProperty("examples").EnumerateObject()
            .Select(example => (example.Name, example.Value.GetProperty("value").GetProperty("status").ToString()));

        Assert.True(rows.Count > 20, "The table of problems was not found.");
        // Only the proxy returns these problems.
        Assert.Equal(
            [(ProblemNames.MalformedPath, "400"), (ProblemNames.ReadsFull, "429")],
            rows.Except(examples));
        Assert.Contains(
            "hunt-paused",
            Examples(Document.GetProperty("paths").GetProperty("/v1/treasures/{treasureId}/claims").GetProperty("post"), "409").Select(
                example => example.Name));
    }

    private static IEnumerable<JsonProperty> Examples(JsonElement operation, string status) =>
        operation.GetProperty("responses").GetProperty(status).TryGetProperty("content", out var content)
            ? content.EnumerateObject().SelectMany(
                type => type.Value.TryGetProperty("examples", out var examples) ? examples.EnumerateObject().ToList() : [])
            : [];

    [GeneratedRegex(@"(?m)^\|((?: `[a-z-]+`,?)+) \| (\d{3}) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Name();
}
