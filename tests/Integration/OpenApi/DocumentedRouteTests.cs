using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The routes of the OpenAPI document, compared with docs/http-api.md.</summary>
public sealed partial class DocumentedRouteTests(SharedEngine engine) : OpenApiDocumentTests(engine)
{
    [Fact]
    public void The_document_is_OpenAPI_3_1() =>
        Assert.StartsWith("3.1.", Document.GetProperty("openapi").GetString(), StringComparison.Ordinal);

    [Fact]
    public void Every_route_of_the_documentation_is_in_the_document()
    {
        var documented = Route().Matches(RepositoryFiles.Read("docs/http-api.md").Split("## Internal")[0])
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}").Distinct();
        var described =
            Document.GetProperty("paths").EnumerateObject().SelectMany(
                path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")).ToList();

        Assert.All(documented, route => Assert.Contains(route, described));
        Assert.All(
            (string[])["pause", "resume", "close", "cancel"], step => Assert.Contains($"POST /v1/hunts/{{huntId}}/{step}", described));
    }

    [Fact]
    public void Every_route_has_a_curl_command_in_the_documentation()
    {
        var examples = Curl().Matches(RepositoryFiles.Read("docs/http-api.md").Replace("\\\n", " ", StringComparison.Ordinal))
            .Select(curl => (Method: Post().IsMatch(curl.Value) ? "post" : "get", Path: curl.Groups["path"].Value)).ToList();

        Assert.All(
            Document.GetProperty("paths").EnumerateObject().SelectMany(
                path => path.Value.EnumerateObject().Select(method => (Method: method.Name, Path: path.Name))),
            route =>
                Assert.Contains(
                    examples,
                    example =>
                        example.Method == route.Method && Regex.IsMatch(example.Path, $"^{Parameter().Replace(route.Path, "[^/]+")}$")));
    }

    [GeneratedRegex(@"`(GET|POST) (/v1/[^\s?`]+)")]
    private static partial Regex Route();

    /// <summary>A curl command with its options, up to the first pipe.</summary>
    [GeneratedRegex("""curl -[^|\n]*?"\$HUNT_URL(?<path>/v1/(?:\$\([^)]*\)|[^"?])*)[^|\n]*""")]
    private static partial Regex Curl();

    [GeneratedRegex("-X POST|--json")]
    private static partial Regex Post();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
