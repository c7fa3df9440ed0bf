using System.Diagnostics;
using Xunit;
using static TreasureHunt.Specs.Faults.BrokenPatches;

namespace TreasureHunt.Specs.Faults;

/// <summary>The arguments of <c>./hunt faults --broken</c>.</summary>
public class BrokenBuildSpecs
{
    public static TheoryData<string> Patches =>
        [.. Directory.GetFiles(Path.Combine(Root, "tests", "Faults", "Broken"), "*.patch").Select(
            path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("--seed", "777")]
    [InlineData("no-such-build")]
    [InlineData("ack-before-commit", "no-such-build")]
    [InlineData("no-such-build", "--list")]
    [InlineData("")]
    public async Task An_unknown_name_is_an_error_that_lists_the_names(params string[] words)
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

    private static async Task<(int Code, string Output, string Errors)> Hunt(string[] words)
    {
        using var hunt =
            Process.Start(
                new ProcessStartInfo(Path.Combine(Root, "hunt"), words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = await Task.WhenAll(hunt.StandardOutput.ReadToEndAsync(), hunt.StandardError.ReadToEndAsync());
        await hunt.WaitForExitAsync();
        return (hunt.ExitCode, output[0], output[1]);
    }
}
