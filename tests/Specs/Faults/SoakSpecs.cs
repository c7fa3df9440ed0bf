using TreasureHunt.Faults.Suites;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>The soak run: its load and its options.</summary>
public static class SoakSpecs
{
    [Theory]
    [InlineData(200, 30_000, null)]
    [InlineData(200, 24_000, "minute 3: 400 claims/s were decided, and must be 500; 0 answers were 5xx, and none may be")]
    [InlineData(202, 60_000, "minute 3: 0 claims/s were decided, and must be 500; 0 answers were 5xx, and none may be")]
    [InlineData(503, 1, "minute 3: 0 claims/s were decided, and must be 500; 1 answers were 5xx, and none may be")]
    public static void A_minute_with_too_few_outcomes_or_with_failures_is_reported(int status, int responses, string? expected)
    {
        var tally = new CallTally(1);
        for (var n = 0; n < responses; n++)
        {
            tally.Record(new HttpReply(status, "{\"outcome\":\"won\"}"u8.ToArray()), 0, claims: true, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(expected, Soak.ProblemOf(3, tally, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("15")]
    [InlineData("--short")]
    [InlineData("--seed", "7")]
    [InlineData("--minutes", "2")]
    public static void A_soak_refuses_options_that_have_no_effect(params string[] words) =>
        Assert.Contains(
            SuiteCommand.Create().Parse(["--soak", "1", .. words]).Errors,
            error => error.Message.StartsWith("--soak goes with --json only", StringComparison.Ordinal));

    [Fact]
    public static void A_soak_with_a_json_file_is_accepted() =>
        Assert.Empty(SuiteCommand.Create().Parse(["--soak", "1", "--json", "soak.json"]).Errors);
}
