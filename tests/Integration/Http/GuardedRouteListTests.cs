using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The list of guarded routes is complete.</summary>
public sealed partial class GuardedRouteListTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task The_test_data_names_every_guarded_route_of_the_Api()
    {
        var document = (await Engine.Anonymous().Get("/openapi/v1.json")).Json;
        var guarded = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(method => method.Value.TryGetProperty("security", out var security)
                && security.GetArrayLength() > 0 && security.EnumerateArray().All(scheme => scheme.EnumerateObject().Any()))
            .Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(
            GuardedRoutes.All.Where(row => row.Data.Item1 == "api-1").Select(row => $"{row.Data.Item2} {row.Data.Item3}").Order(),
            guarded.Order());
    }

    // These hosts have no OpenAPI document; the routes are read from their sources.
    [Theory]
    [InlineData("projections-1", "Projections")]
    [InlineData("commands-1", "Commands")]
    public void The_test_data_names_every_route_of_the_other_hosts(string host, string project)
    {
        var routes = Directory.EnumerateFiles(RepositoryFiles.PathOf($"src/{project}"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => RoutesOf(File.ReadAllText(file)));

        Assert.Equal(
            GuardedRoutes.All.Where(row => row.Data.Item1 == host).Select(row => Unnamed($"{row.Data.Item2} {row.Data.Item3}")).Order(),
            routes.Select(Unnamed).Order());

        static IEnumerable<string> RoutesOf(string source)
        {
            var groups = Group().Matches(source).ToDictionary(group => group.Groups["name"].Value, group => group.Groups["path"].Value);
            return Route().Matches(source).Select(route =>
                $"{route.Groups["method"].Value.ToUpperInvariant()} "
                    + $"/admin{groups.GetValueOrDefault(route.Groups["on"].Value)}{route.Groups["path"].Value}");
        }

        static string Unnamed(string route) => Parameter().Replace(route, "{}");
    }

    /// <summary>A group of routes such as <c>var errors = admin.MapGroup("/errors")</c>.</summary>
    [GeneratedRegex("""var (?<name>\w+) = \w+\.MapGroup\(\s*"(?<path>[^"]*)"\)""")]
    private static partial Regex Group();

    [GeneratedRegex("""(?<on>\w+)\.Map(?<method>Get|Head|Post|Put|Patch|Delete|Methods|Fallback)\(\s*(?:"(?<path>[^"]*)")?""")]
    private static partial Regex Route();

    [GeneratedRegex("\\{[^}]*\\}")]
    private static partial Regex Parameter();
}
