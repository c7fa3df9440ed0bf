using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Samples;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Documentation;

/// <summary>Each C# block in the documents is a file of <c>docs/samples</c>, which the solution builds.</summary>
public sealed partial class SampleSpecs
{
    private static readonly IReadOnlyList<(string Page, string Code)> Blocks =
        [.. Repository.Documents.SelectMany(
            page => Block().Matches(File.ReadAllText(page)).Select(block => (Path.GetFileName(page), block.Groups["code"].Value)))];

    [Fact]
    public void Each_block_of_code_is_a_sample_file()
    {
        var samples = Directory.EnumerateFiles(Repository.PathOf("docs/samples"), "*.cs").Select(File.ReadAllText).ToList();

        Assert.All(Blocks, block => Assert.Contains(block.Code, samples));
        Assert.Contains(Blocks, block => block.Page == "analytics.md");
    }

    [Fact]
    public void The_solution_builds_the_samples() =>
        Assert.Contains(
            @"""docs\samples\Samples.csproj""", File.ReadAllText(Repository.PathOf("TreasureHunt.sln")), StringComparison.Ordinal);

    [Theory]
    [InlineData("alice", "golden-goose", "order-4711")]
    [InlineData("shop1:alice", "g", "\"~!")]
    public void A_storefront_computes_the_id_of_its_claim(string playerId, string treasureId, string key) =>
        Assert.Equal(Ids.ForClaim(playerId, treasureId, key), ClaimPublisher.ClaimId(playerId, treasureId, key));

    [GeneratedRegex(@"^```(?:csharp|cs|c#)\n(?<code>(?:.*\n)*?)```", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Block();
}
