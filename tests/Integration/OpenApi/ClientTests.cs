using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.OpenApi;

/// <summary>
/// Clients that NSwag and Kiota generate from the OpenAPI document, used without edits by the code in tests/OpenApi.
/// </summary>
public sealed partial class ClientTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Proof = "under the bridge";

    [Theory]
    [InlineData("nswag", "NSwagShop.cs")]
    [InlineData("kiota", "KiotaShop.cs")]
    public async Task A_client_generated_by_the_documented_command_claims_reads_and_runs_a_hunt(string generator, string shop)
    {
        var api = Engine.Host("api-1").Url;
        var sources = await GeneratedClient.SourcesAsync(generator, api, TestContext.Current.CancellationToken);
        var useClient =
            GeneratedClient.Compile([.. sources, RepositoryFiles.Read($"tests/OpenApi/{shop}")]).GetType("Shop")!.GetMethod("UseAsync")!;
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 5, proof: Proof);
        await Poll.Until(
            "the hunt shows its treasure",
            async () => (await Engine.Anonymous().Get($"/v1/hunts/{huntId}"))["treasures"].GetArrayLength() == 1);
        using var player = Http(Engine.Player($"{generator}-{Ids.FreshSlug()}"));
        using var admin = Http(Engine.Admin(subject: $"{generator}-{Ids.FreshSlug()}"));

        var results = await (Task<string[]>)useClient.Invoke(null, [api, player, admin, huntId, treasureId])!;

        Assert.Equal(
            [
                "Rejected: ProofWrong", "Won at 2", "Autumn sale is Open, 5 in stock", "restocked True", "drafted True", "level known True",
                $"404 {ProblemNames.UrnPrefix}{ProblemNames.HuntNotFound}",
            ],
            results);
    }

    [Fact]
    public void The_documented_versions_are_the_tested_versions()
    {
        var documented =
            Version().Matches(RepositoryFiles.Read("docs/http-api.md")).Select(
                match => (Package: match.Groups[1].Value, Version: match.Groups[2].Value)).ToList();
        var pinned = RepositoryFiles.Read(".config/dotnet-tools.json") + RepositoryFiles.Read("Directory.Packages.props");

        Assert.Equal(7, documented.Count);
        Assert.All(
            documented,
            package => Assert.Matches($"""(?i)"{package.Package}"[^A-Za-z]*version"?[:=] ?"{package.Version}" """.TrimEnd(), pinned));
    }

    private static HttpClient Http(ApiCaller caller)
    {
        var http = new HttpClient(new RetryHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", caller.Token);
        return http;
    }

    [GeneratedRegex(@"(\S+) --version (\S+)")]
    private static partial Regex Version();
}
