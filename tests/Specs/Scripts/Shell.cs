using System.Diagnostics;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>Runs <c>./hunt</c> and functions of its scripts.</summary>
internal static class Shell
{
    /// <summary>Sources scripts of <c>deploy/local</c> and runs a line of bash, with the options of <c>./hunt</c>.</summary>
    /// <param name="words">The line's <c>$1</c>, <c>$2</c>, …</param>
    public static Task<(int ExitCode, string Output, string Errors)> Run(string scripts, string line, params string[] words)
    {
        var sources = scripts.Split(' ').Select(script => $"source '{Repository.PathOf($"deploy/local/{script}.sh")}'");
        return Start("bash", ["-c", $"set -euo pipefail; {string.Join("; ", sources)}; {line}", "bash", .. words]);
    }

    /// <summary>Runs <c>./hunt</c> itself.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> Hunt(
        string folder, IEnumerable<string> words, params (string Name, string Value)[] environment) =>
        Start(Path.Combine(folder, "hunt"), words, environment);

    private static async Task<(int ExitCode, string Output, string Errors)> Start(
        string program, IEnumerable<string> words, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
