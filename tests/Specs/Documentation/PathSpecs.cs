using System.Text.RegularExpressions;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Documentation;

/// <summary>The documents name files and folders that exist.</summary>
public sealed partial class PathSpecs
{
    [Fact]
    public void A_path_in_a_document_exists()
    {
        var paths = Repository.Documents
            .SelectMany(page => PathOfProject().Matches(File.ReadAllText(page)).Select(found => found.Groups["path"].Value))
            .ToHashSet();

        Assert.Contains("tests/Specs/Structure", paths);
        Assert.DoesNotContain(paths, path => !File.Exists(Repository.PathOf(path)) && !Directory.Exists(Repository.PathOf(path)));
    }

    [GeneratedRegex("`(?<path>(?:src|tests|tools|bench|deploy|docs)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex PathOfProject();
}
