using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The machine-readable form of docs/http-api.md, held against it.</summary>
public sealed partial class OpenApiTests(SharedEngine engine) : EngineTests(engine)
{
    private JsonElement _document;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var answer = await Engine.Nobody().Get("/openapi/v1.json");
        Assert.Equal("200", answer.Problem);
        _document = answer.Json;
    }

    [Fact]
    public void It_is_OpenAPI_3_1() => Assert.StartsWith("3.1.", _document.GetProperty("openapi").GetString(), StringComparison.Ordinal);

    [Fact]
    public void Every_route_of_the_documentation_is_in_it()
    {
        var documented = Route().Matches(HostProcess.Document("docs/http-api.md").Split("## Internal")[0])
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Distinct();
        var described =
            _document.GetProperty("paths").EnumerateObject().SelectMany(
                path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToList();

        Assert.All(documented, route => Assert.Contains(route, described));
        Assert.All(
            (string[])["pause", "resume", "close", "cancel"], step => Assert.Contains($"POST /v1/hunts/{{huntId}}/{step}", described));
    }

    [Fact]
    public void Every_route_has_a_curl_in_the_documentation()
    {
        var examples = Curl().Matches(HostProcess.Document("docs/http-api.md").Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(curl => (Method: Post().IsMatch(curl.Value) ? "post" : "get", Path: curl.Groups["path"].Value)).ToList();

        Assert.All(
            _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => (Method: method.Name, Path: path.Name))),
            route => Assert.Contains(examples, example => example.Method == route.Method && Regex.IsMatch(example.Path, $"^{Parameter().Replace(route.Path, "[^/]+")}$")));
    }

    [Fact]
    public void A_claim_has_an_example_of_the_win_and_of_every_rejection()
    {
        // Before the opening of its hunt, a treasure is told as one that does not exist.
        var reasons =
            typeof(Reasons).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!)
                .Except([Reasons.HuntNotOpen]);

        var examples = Examples(_document.GetProperty("paths").GetProperty("/v1/treasures/{treasureId}/claims").GetProperty("post"), "200")
            .ToDictionary(example => example.Name, example => example.Value.GetProperty("value"));

        Assert.Equal(reasons.Append(Outcomes.Won).Order(), examples.Keys.Order());
        Assert.All(
            examples.Where(example => example.Key != Outcomes.Won),
            example => Assert.Equal(example.Key, example.Value.GetProperty("reason").GetString()));
    }

    [Fact]
    public void Every_problem_of_the_documentation_has_an_example_with_its_status()
    {
        var rows = Row().Matches(HostProcess.Document("docs/http-api.md").Split("## Problems")[1])
            .SelectMany(
                row => Name().Matches(row.Groups[1].Value).Select(name => (Name: name.Groups[1].Value, Status: row.Groups[2].Value)))
                    .ToList();
        var examples = _document.GetProperty("components").GetProperty("examples").EnumerateObject()
            .Select(example => (example.Name, example.Value.GetProperty("value").GetProperty("status").ToString()));

        Assert.True(rows.Count > 20, "The table of problems was not found.");
        // These are the proxy's own words.
        Assert.Equal(
            [(ProblemNames.MalformedPath, "400"), (ProblemNames.ReadsFull, "429"), (ProblemNames.Unavailable, "503")],
            rows.Except(examples));
        Assert.Contains(
            "hunt-paused",
            Examples(_document.GetProperty("paths").GetProperty("/v1/treasures/{treasureId}/claims").GetProperty("post"), "409").Select(
                example => example.Name));
    }

    private static IEnumerable<JsonProperty> Examples(JsonElement operation, string status) =>
        operation.GetProperty("responses").GetProperty(status).TryGetProperty("content", out var content)
            ? content.EnumerateObject().SelectMany(
                type => type.Value.TryGetProperty("examples", out var examples) ? examples.EnumerateObject().ToList() : [])
            : [];

    [GeneratedRegex(@"`(GET|POST) (/v1/[^\s?`]+)")]
    private static partial Regex Route();

    /// <summary>A call with its options, up to the end of the pipe's first command.</summary>
    [GeneratedRegex("""curl -[^|\n]*?"\$HUNT_URL(?<path>/v1/(?:\$\([^)]*\)|[^"?])*)[^|\n]*""")]
    private static partial Regex Curl();

    [GeneratedRegex("-X POST|--json")]
    private static partial Regex Post();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?m)^\|((?: `[a-z-]+`,?)+) \| (\d{3}) \|")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex Name();
}
