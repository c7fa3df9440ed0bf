using System.Text.Json.Nodes;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>The OpenAPI document under the rules of the linter Spectral.</summary>
public sealed class LinterTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Spectral = ".run/spectral/node_modules/.bin/spectral";

    [Fact]
    public async Task Spectral_finds_nothing_in_the_document()
    {
        var (exitCode, output) = await LintAsync(await DocumentAsync());

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Spectral_reports_missing_descriptions()
    {
        var document = await DocumentAsync();
        document["paths"]!["/v1/hunts"]!["get"]!.AsObject().Remove("description");
        document["paths"]!["/v1/hunts/{huntId}"]!["get"]!["parameters"]![0]!.AsObject().Remove("description");

        var (exitCode, output) = await LintAsync(document);

        Assert.Equal(1, exitCode);
        Assert.Contains("operation-description", output, StringComparison.Ordinal);
        Assert.Contains("oas3-parameter-description", output, StringComparison.Ordinal);
        Assert.Contains("2 problems", output, StringComparison.Ordinal);
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse((await Engine.Anonymous().Get("/openapi/v1.json")).Text)!;

    private static async Task<(int ExitCode, string Output)> LintAsync(JsonNode document)
    {
        Assert.True(File.Exists(RepositoryFiles.PathOf(Spectral)), "Spectral is not installed. './hunt test' installs it.");
        var folder = Directory.CreateTempSubdirectory("hunt-spectral");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "v1.json"), document.ToJsonString(), TestContext.Current.CancellationToken);
            return await ExternalTool.RunAsync(
                folder.FullName,
                "node",
                [RepositoryFiles.PathOf(Spectral), "lint", "v1.json", "--ruleset", RepositoryFiles.PathOf(
                    "tests/OpenApi/spectral.yaml"), "--fail-severity", "hint"],
                TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
