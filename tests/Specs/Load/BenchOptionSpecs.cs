using TreasureHunt.Load;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The command line of <c>./hunt bench</c>.</summary>
public class BenchOptionSpecs
{
    [Theory]
    [InlineData("--only fifty,latency,overload --repeats 3 --seconds 2.5")]
    [InlineData("--callers 64")]
    public void Valid_command_lines_have_no_errors(string options) => Assert.Empty(Errors(options));

    [Theory]
    [InlineData("--only nonsense", "not 'nonsense'.")]
    [InlineData("--only fifty,,curve", "not ''.")]
    [InlineData("--repeats 0", "--repeats must be a number from 1 to 100, not '0'.")]
    [InlineData("--repeats 1,2", "--repeats must be a number from 1 to 100, not '1,2'.")]
    [InlineData("--seconds 1,5", "--seconds must be a number from 0.1 to 3600, not '1,5'.")]
    [InlineData("--seconds 0", "--seconds must be a number from 0.1 to 3600, not '0'.")]
    [InlineData("--callers 1.000", "--callers must be a number from 1 to 10000, not '1.000'.")]
    public void An_invalid_option_value_is_refused_with_a_message(string options, string sentence) =>
        Assert.EndsWith(sentence, Assert.Single(Errors(options)), StringComparison.Ordinal);

    [Fact]
    public void A_measurement_without_responses_is_reported()
    {
        var latency = new LatencySummary(0, 0, 0, 0, 0);
        var silent = new MeasuredRun(
            "fifty", null, 1, 0, 0, 0, new Dictionary<string, long> { ["no answer"] = 9 }, latency, latency, latency,
            new Dictionary<string, double>());

        Assert.Equal(
            ["fifty"],
            new SystemResults(
                "ours", [silent, silent with { Scenario = "mix", Answers = 5 }], [], [], [], new Dictionary<string, double>()).Silent);
    }

    [Fact]
    public void A_size_measurement_without_decisions_is_reported() =>
        Assert.Equal(
            ["bytes"], new SystemResults("ours", [], [], [], [], new Dictionary<string, double>()) { NothingDecided = true }.Silent);

    [Fact]
    public void Older_results_with_a_story_are_read_as_an_overload()
    {
        const string Json =
            """
            {"system":"before","capacity":[],"latency":[],"curve":[],"bytesPerClaim":{},"story":[{"scenario":"sale","offered":1200}]}
            """;

        Assert.Equal(1200, Assert.Single(SystemResults.Parse(Json)!.Overload).Offered);
    }

    private static IEnumerable<string> Errors(string options) =>
        RunCommand.Create().Parse($"ours --results /tmp {options}").Errors.Select(error => error.Message);
}
