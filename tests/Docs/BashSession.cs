using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Docs;

/// <summary>
/// Runs all blocks in one bash, in the root folder of the repository, up to the first block that fails. A block that only reads is repeated
/// until it prints the answer of the page, for 20 s: the read models of a busy machine may be behind.
/// </summary>
public static partial class BashSession
{
    /// <param name="set">
    /// The name of the set that the commands use. In outputs it is replaced by <c>tutorial</c>, the name that the pages show.
    /// </param>
    public static async Task<IReadOnlyList<BlockResult>> RunAsync(string set, IReadOnlyList<CommandBlock> blocks, TimeSpan timeout)
    {
        var folder = Directory.CreateTempSubdirectory("hunt-docs").FullName;
        try
        {
            var (script, output) = (Path.Combine(folder, "script"), Path.Combine(folder, "output"));
            await File.WriteAllTextAsync(script, Script(blocks, folder));
            var code = await StartAsync(set, [script], timeout);
            var results = Results(
                blocks, (await File.ReadAllTextAsync(output)).Replace($"'{set}'", "'tutorial'", StringComparison.Ordinal));
            return code is null
                ? throw new TimeoutException($"The commands did not end within {timeout}. The last block: {results.LastOrDefault()}")
                : results;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs bash without the settings that <c>./hunt test</c> has exported for its own set.</summary>
    /// <returns>The exit code; null after a timeout.</returns>
    public static async Task<int?> StartAsync(string set, IEnumerable<string> arguments, TimeSpan timeout)
    {
        var start = new ProcessStartInfo("bash", arguments) { WorkingDirectory = RepositoryFiles.Root, RedirectStandardInput = true };
        foreach (var name in start.Environment.Keys.Where(name => EngineSetting().IsMatch(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HUNT_SET"] = set;
        // Build servers would outlive the test.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var bash = Process.Start(start)!;
        bash.StandardInput.Close();
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            await bash.WaitForExitAsync(deadline.Token);
            return bash.ExitCode;
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
            return null;
        }
    }

    private static string Script(IReadOnlyList<CommandBlock> blocks, string folder)
    {
        var script = new StringBuilder().Append(CultureInfo.InvariantCulture, $"exec >'{Path.Combine(folder, "output")}' 2>&1\n");
        for (var i = 0; i < blocks.Count; i++)
        {
            script.Append(
                CultureInfo.InvariantCulture,
                $"printf '\\n@begin {i}\\n'\n{Repeated(blocks[i], Path.Combine(folder, $"answer-{i}"))}last_code=$?; "
                + $"printf '\\n@end {i} %d\\n' $last_code; ((last_code == 0)) || exit 1\n");
        }

        return script.ToString();
    }

    private static string Repeated(CommandBlock block, string answerFile)
    {
        if (block is not { IsRead: true, Answer: { } answer })
        {
            return block.Commands;
        }

        File.WriteAllText(answerFile, Page.PatternOf(answer));
        return
            $$"""
            for attempt in {1..40}; do
              read_output=$({{block.Commands}}) && read_code=0 || read_code=$?
              perl -0777 -e 'open P, shift; $p = <P>; exit(<STDIN> !~ /$p/)' '{{answerFile}}' <<<"$read_output" && break
              sleep 0.5
            done
            printf '%s\n' "$read_output"
            (exit $read_code)

            """;
    }

    private static List<BlockResult> Results(IReadOnlyList<CommandBlock> blocks, string output) =>
        [.. RunBlock().Matches(output).Select(run => new BlockResult(
            blocks[Number(run.Groups["block"])],
            run.Groups["code"].Success ? Number(run.Groups["code"]) : -1,
            run.Groups["output"].Value))];

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("__|^HUNT_|^ASPNETCORE_")]
    private static partial Regex EngineSetting();

    [GeneratedRegex(@"^@begin (?<block>\d+)\n(?<output>(?:.*\n)*?)(?:^@end \d+ (?<code>\d+)\n|\z)", RegexOptions.Multiline)]
    private static partial Regex RunBlock();
}
