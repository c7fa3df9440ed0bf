using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The command line of <c>./hunt bench</c>.</summary>
public class CommandLineSpecs
{
    [Theory]
    [InlineData("--only fifty,latency --repeats 3 --seconds 2.5")]
    [InlineData("--callers 64")]
    public void These_are_understood(string options) => Assert.Empty(Errors(options));

    [Theory]
    [InlineData("--only nonsense", "not 'nonsense'.")]
    [InlineData("--only fifty,,curve", "not ''.")]
    [InlineData("--repeats 0", "--repeats must be a number from 1 to 100, not '0'.")]
    [InlineData("--repeats 1,2", "--repeats must be a number from 1 to 100, not '1,2'.")]
    [InlineData("--seconds 1,5", "--seconds must be a number from 0.1 to 3600, not '1,5'.")]
    [InlineData("--seconds 0", "--seconds must be a number from 0.1 to 3600, not '0'.")]
    [InlineData("--callers 1.000", "--callers must be a number from 1 to 10000, not '1.000'.")]
    public void These_are_refused_with_a_sentence(string options, string sentence) =>
        Assert.EndsWith(sentence, Assert.Single(Errors(options)), StringComparison.Ordinal);

    [Fact]
    public void A_measurement_without_an_answer_is_none()
    {
        var latency = new LatencySummary(0, 0, 0, 0, 0);
        var dumb = new Measured(
            "fifty", null, 1, 0, 0, 0, new Dictionary<string, long> { ["no answer"] = 9 }, latency, latency, latency,
            new Dictionary<string, double>());

        Assert.Equal(
            ["fifty"],
            new SystemResults(
                "ours", [dumb, dumb with { Scenario = "mix", Answers = 5 }], [], [], [], new Dictionary<string, double>()).Silent);
    }

    [Fact]
    public void Bytes_of_claims_that_nobody_decided_are_none() =>
        Assert.Equal(
            ["bytes"], new SystemResults("ours", [], [], [], [], new Dictionary<string, double>()) { NothingDecided = true }.Silent);

    private static IEnumerable<string> Errors(string options) =>
        RunCommand.Create().Parse($"ours --results /tmp {options}").Errors.Select(error => error.Message);
}
