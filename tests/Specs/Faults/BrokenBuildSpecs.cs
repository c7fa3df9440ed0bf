using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Specs.Scripts;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>
/// The patches of tests/Faults/Broken, and the command that runs them: a check must not pass because it had nothing to do.
/// </summary>
public partial class BrokenBuildSpecs
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static TheoryData<string> Patches =>
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "Faults", "Broken"), "*.patch").Select(
            path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("--seed", "777")]
    [InlineData("no-such-build")]
    [InlineData("ack-before-commit", "no-such-build")]
    [InlineData("no-such-build", "--list")]
    [InlineData("")]
    public async Task An_unknown_word_ends_with_an_error_that_lists_the_names(params string[] words)
    {
        var (code, output, errors) = await Hunt(["faults", "--broken", .. words]);

        Assert.Equal(1, code);
        Assert.DoesNotContain("caught", output, StringComparison.Ordinal);
        Assert.Contains("ack-before-commit", errors, StringComparison.Ordinal);
        Assert.Contains("no-expected-version", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_has_a_line_for_each_build()
    {
        var (code, output, _) = await Hunt(["faults", "--broken", "--list"]);

        Assert.Equal(0, code);
        Assert.Equal(
            Patches.Select(row => row.Data),
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

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
    public void There_are_enough_of_them() => Assert.InRange(Patches.Count, 15, int.MaxValue);

    [Theory]
    [InlineData("15 malformed-message          BROKEN recovered 0.0 s\n     invariant 11 malformedLost: sent 1 times\n0 held, 1 broken", 0)]
    [InlineData(" 7 malformed-message          BROKEN recovered 0.0 s\n     invariant 3 told: no\n     invariant 11 malformedLost: sent 1 times\n", 0)]
    [InlineData("15 malformed-message          BROKEN recovered 0.0 s\n     invariant 0 trial: it did not start\n0 held, 1 broken", 1)]
    [InlineData("15 malformed-message          ok     recovered 0.0 s\n1 held, 0 broken", 1)]
    [InlineData("15 malformed-message          ok     recovered 0.0 s  invariant 11 holds\n", 1)]
    [InlineData("16 malformed-messages         BROKEN recovered 0.0 s\n     invariant 11 malformedLost: sent 1 times\n", 1)]
    [InlineData("hunt: it did not start\n     invariant 11 malformedLost\n", 1)]
    [InlineData("", 1)]
    public async Task Caught_is_what_breaks_the_row_of_its_fault(string said, int expected)
    {
        var folder = Directory.CreateTempSubdirectory("hunt-specs");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, ".run"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "said"), said, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "hunt"), "#!/bin/bash\ncat \"$(dirname \"$0\")/said\"\n",
                TestContext.Current.CancellationToken);

            var (code, _, errors) = await Shell.Run(
                "common faults", """chmod +x "$1/hunt"; faults_catch "$1" malformed-message "5 11" """, folder.FullName);

            Assert.Equal((expected, ""), (code, errors));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Else the engine has moved on, and nobody knows any more whether the suite would notice.
    [Theory]
    [MemberData(nameof(Patches))]
    public void A_patch_fits_the_engine(string name)
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

    // What each hunk wants to find: its context and what it takes away.
    private static IEnumerable<(string Path, string Before)> Hunks(string[] lines)
    {
        var (path, before) = ("", (List<string>?)null);
        foreach (var line in lines.Append("--- end"))
        {
            if ((line.StartsWith("@@", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal))
                && before is not null)
            {
                yield return (path, string.Concat(before.Select(text => text + "\n")));
                before = null;
            }

            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                path = line["+++ b/".Length..];
            }
            else if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                before = [];
            }
            else if (line.Length == 0 || line[0] is ' ' or '-')
            {
                before?.Add(line.Length == 0 ? "" : line[1..]);
            }
        }
    }

    private static string[] Lines(string name) =>
        File.ReadAllText(Path.Combine(Root, "tests", "Faults", "Broken", $"{name}.patch")).TrimEnd('\n').Split('\n');

    private static async Task<(int Code, string Output, string Errors)> Hunt(string[] words)
    {
        using var hunt =
            Process.Start(
                new ProcessStartInfo(Path.Combine(Root, "hunt"), words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(hunt.StandardOutput.ReadToEndAsync(), hunt.StandardError.ReadToEndAsync());
        await hunt.WaitForExitAsync();
        return (hunt.ExitCode, said[0], said[1]);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("^breaks: [0-9]+( [0-9]+)*$")]
    private static partial Regex Breaks();
}
