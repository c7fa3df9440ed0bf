using System.Text.RegularExpressions;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>
/// Each test and fault that <c>docs/security.md</c> names exists, and each finding has a test, a fault or a reason.
/// </summary>
public sealed partial class SecurityDocumentSpecs
{
    private static readonly List<string> Rows =
        [.. File.ReadLines(Repository.PathOf("docs/security.md")).Where(line => Finding().IsMatch(line))];

    private static readonly Lazy<HashSet<string>> Tests = new(() => [.. TestsBelow("tests")]);

    public static TheoryData<string> Named =>
        [.. Rows.SelectMany(row => TestName().Matches(row)).Select(test => test.Groups["test"].Value).Distinct()];

    public static TheoryData<string> NamedFaults =>
        [.. Rows.SelectMany(row => FaultName().Matches(row)).Select(fault => fault.Groups["fault"].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Named))]
    public void A_test_that_is_named_exists(string test) =>
        Assert.Contains(Tests.Value, name => name == test || name.EndsWith($".{test}", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(NamedFaults))]
    public void A_fault_that_is_named_exists(string fault) => Assert.Contains(fault, KnownFaults.All.Select(known => known.Name));

    [Fact]
    public void Each_finding_has_a_test_or_a_reason() =>
        Assert.All(Rows, row => Assert.True(TestName().IsMatch(row) || FaultName().IsMatch(row) || Reason().IsMatch(row), row));

    /// <summary>The tests in the sources below a folder, as <c>Namespace.Class.Method</c>.</summary>
    private static IEnumerable<string> TestsBelow(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories).Where(
            file => !file.Contains("/obj/", StringComparison.Ordinal)))
        {
            var source = File.ReadAllText(file);
            var type = "";
            foreach (Match found in TypeOrTest().Matches(source))
            {
                type = found.Groups["type"] is { Success: true } declared ? declared.Value : type;
                if (found.Groups["test"] is { Success: true } test)
                {
                    yield return $"{Namespace().Match(source).Groups["namespace"].Value}.{type}.{test.Value}";
                }
            }
        }
    }

    [GeneratedRegex(@"^\| \d+\.\d+ \|")]
    private static partial Regex Finding();

    [GeneratedRegex(@"`(?<test>(?:[A-Z]\w*\.)+[A-Z]\w*)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"faults? `(?<fault>[a-z0-9-]+)`")]
    private static partial Regex FaultName();

    [GeneratedRegex(@"\*\*(Accepted|No test|Planned: (operations for a year|many machines)|planned: (operations for a year|many machines))|\| No fault: ")]
    private static partial Regex Reason();

    [GeneratedRegex(@"^namespace (?<namespace>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    /// <summary>A class, or a method with a test attribute.</summary>
    [GeneratedRegex(@"^(?:public|internal) [\w ]*?(?:class|record) (?<type>\w+)|^    \[(?:Fact|Theory)[^\n]*\n(?:    \[[^\n]*\n|    //[^\n]*\n)*    public [\w<>\[\] ]+? (?<test>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex TypeOrTest();
}
