using System.Reflection;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>Callers program against docs/http-api.md: it names every problem and reason there is, and no other.</summary>
public partial class DocumentedNames
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs/http-api.md"));

    // Refused at the door from the read model, with the same words as a decided claim.
    private static readonly string[] AtTheDoor = ["hunt-paused", "hunt-closed", "treasure-exhausted", "treasure-withdrawn"];

    [Fact]
    public void The_page_lists_the_reasons() => Assert.Equal(
        Constants(typeof(Reasons)).Order(), Quoted(Page[Page.IndexOf("Reasons: ", StringComparison.Ordinal)..Page.IndexOf("### Without waiting", StringComparison.Ordinal)]).Order());

    [Fact]
    public void The_page_lists_the_problems()
    {
        var table = Page[Page.IndexOf("## Problems", StringComparison.Ordinal)..Page.IndexOf("## Internal", StringComparison.Ordinal)];
        var names = table.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(
            line => Quoted(line.Split('|')[1]));

        Assert.Equal(Constants(typeof(ProblemNames)).Except([ProblemNames.UrnPrefix]).Concat(AtTheDoor).Order(), names.Order());
    }

    [Fact]
    public void Types_of_problems_are_urns()
    {
        StorageFormat.Is("urn:treasure-hunt:problem:", ProblemNames.UrnPrefix);
        Assert.Contains("`urn:treasure-hunt:problem:<name>`", Page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Quoted(string text) => QuotedName().Matches(text).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex QuotedName();
}
