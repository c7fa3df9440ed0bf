using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Catalogue;
using Xunit;
using static TreasureHunt.Specs.Faults.BrokenPatches;

namespace TreasureHunt.Specs.Faults;

/// <summary>The patches of tests/Faults/Broken.</summary>
public partial class BrokenPatchSpecs
{
    public static TheoryData<string> Patches =>
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "Faults", "Broken"), "*.patch").Select(
            path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Patches))]
    public void A_patch_names_a_fault_that_exists_and_the_invariants_that_it_breaks(string name)
    {
        var lines = Lines(name);

        Assert.Contains(
            lines, line => line.StartsWith("fault: ", StringComparison.Ordinal) && KnownFaults.All.Any(fault => fault.Name == line[7..]));
        Assert.Contains(
            lines, line =>
                Breaks().IsMatch(line)
                    && line[8..].Split(' ').All(number => int.Parse(number, CultureInfo.InvariantCulture) is >= 1 and <= 14));
        Assert.EndsWith(".", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_fifteen_broken_builds() => Assert.InRange(Patches.Count, 15, int.MaxValue);

    // A patch that no longer applies cannot show that the fault suite detects its defect.
    [Theory]
    [MemberData(nameof(Patches))]
    public void A_patch_applies_to_the_sources(string name)
    {
        var file = "";
        foreach (var line in Lines(name).Where(line => line.StartsWith("+++ b/", StringComparison.Ordinal)))
        {
            file = line["+++ b/".Length..];
            Assert.True(File.Exists(Path.Combine(Root, file)), $"{file} does not exist");
        }

        foreach (var (path, before) in Hunks(Lines(name)))
        {
            Assert.Contains(before, File.ReadAllText(Path.Combine(Root, path)), StringComparison.Ordinal);
        }

        Assert.NotEqual("", file);
    }

    [GeneratedRegex("^breaks: [0-9]+( [0-9]+)*$")]
    private static partial Regex Breaks();
}
