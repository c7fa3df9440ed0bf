using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The counts of <c>./hunt test</c>: tests that did not run are failures.</summary>
public sealed class TestCommandSpecs : IDisposable
{
    private readonly string _run = Directory.CreateTempSubdirectory("hunt-specs").FullName;

    [Theory]
    [InlineData("""passed="3" failed="0" skipped="0" not-run="0" errors="0" """, 0, 0, "3 0")]
    [InlineData("""passed="3" failed="1" skipped="0" not-run="0" errors="0" """, 2, 0, "3 1")]
    [InlineData("""passed="3" failed="0" skipped="16" not-run="0" errors="0" """, 0, 0, "3 16")]
    [InlineData("""passed="3" failed="0" skipped="0" not-run="2" errors="0" """, 0, 0, "3 2")]
    [InlineData("""passed="3" failed="0" skipped="0" not-run="0" errors="1" """, 0, 0, "3 1")]
    [InlineData("""passed="3" failed="0" skipped="0" not-run="0" errors="0" """, 7, 0, "3 1")]
    [InlineData("""passed="0" failed="0" skipped="0" not-run="0" errors="0" """, 0, 0, "0 1")]
    [InlineData(null, 0, 0, "0 1")]
    [InlineData(null, 8, 0, "0 1")]
    [InlineData(null, 8, 2, "0 0")]
    [InlineData("""passed="0" failed="0" skipped="0" not-run="0" errors="0" """, 8, 2, "0 0")]
    [InlineData("""passed="0" failed="0" skipped="4" not-run="0" errors="0" """, 8, 2, "0 4")]
    [InlineData("""passed="0" failed="0" skipped="0" not-run="0" errors="1" """, 8, 2, "0 1")]
    public async Task The_results_of_a_report_are_counted(string? counts, int exitCode, int filters, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_run, "results"));
        if (counts is not null)
        {
            await File.WriteAllTextAsync(
                Path.Combine(_run, "results", "Some.xml"), $"<assemblies><assembly name=\"Some\" {counts}></assembly></assemblies>",
                TestContext.Current.CancellationToken);
        }

        var (_, output, _) = await Shell.Run(
            "common tests", """run_dir=$1 passed=0 failed=0 failures='' filters=$3; count_results Some "$2"; echo "$passed $failed" """,
            _run, $"{exitCode}", $"{filters}");
        Assert.Equal(expected, output.TrimEnd());
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(5, 0, 0, 0)]
    [InlineData(5, 1, 0, 1)]
    [InlineData(5, 0, 130, 130)]
    public async Task The_last_line_and_the_exit_code_agree(int passed, int failed, int code, int expected)
    {
        var run = await Shell.Run(
            "common tests",
            """root=$1 run_dir=$1 passed=$2 failed=$3 failures='' filters=1 test_process=''; remove_test_set() { :; }; trap finish_tests EXIT; exit "$4" """,
            _run, $"{passed}", $"{failed}", $"{code}");
        Assert.Equal((expected, $"{passed} passed, {failed} failed"), (run.ExitCode, run.Output.TrimEnd().Split('\n')[^1]));
        Assert.Equal(passed + failed == 0, run.Errors.Contains("the filter matches no test", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_run, recursive: true);
}
