using System.Reflection;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>docs/http-api.md lists every problem and every reason, and no others.</summary>
public partial class DocumentedNameSpecs
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/http-api.md"));

    // The Api refuses these from the read model, with the names of decided claims.
    private static readonly string[] RefusedByTheApi = ["hunt-paused", "hunt-closed", "treasure-exhausted", "treasure-withdrawn"];

    [Fact]
    public void The_document_lists_the_reasons() => Assert.Equal(
        Constants(typeof(Reasons)).Order(),
        Quoted(Document[Document.IndexOf("Reasons: ", StringComparison.Ordinal)..Document.IndexOf(
            "### Without waiting", StringComparison.Ordinal)]).Order());

    [Fact]
    public void The_document_lists_the_problems()
    {
        var table =
            Document[Document.IndexOf("## Problems", StringComparison.Ordinal)..Document.IndexOf("## Internal", StringComparison.Ordinal)];
        var names = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(
            line => Quoted(line.Split('|')[1]));

        Assert.Equal(Constants(typeof(ProblemNames)).Except([ProblemNames.UrnPrefix]).Concat(RefusedByTheApi).Order(), names.Order());
    }

    [Fact]
    public void Problem_types_are_URNs()
    {
        StorageFormat.IsUnchanged("urn:treasure-hunt:problem:", ProblemNames.UrnPrefix);
        Assert.Contains("`urn:treasure-hunt:problem:<name>`", Document, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Quoted(string text) => QuotedName().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex QuotedName();
}
