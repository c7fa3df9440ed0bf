using TreasureHunt.Cli;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Suites;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The list of faults that <c>./hunt</c> prints.</summary>
public sealed class FaultListSpecs(CheckoutCopy checkout) : IClassFixture<CheckoutCopy>
{
    private const string Remedy = "Run deploy/local/help/write.";

    [Theory]
    [InlineData("faults --list")]
    [InlineData("faults --list --short")]
    public async Task The_list_of_faults_matches_the_catalogue(string words)
    {
        var faults = words.Contains("--short", StringComparison.Ordinal) ? KnownFaults.Short : KnownFaults.All;
        var (code, output, errors) = await checkout.Hunt(words.Split(' '));

        Assert.Equal((0, ""), (code, errors));
        Assert.True(output == string.Concat(faults.Select(fault => $"{fault.ListLine}\n")), $"{Remedy}\n{output}");
    }

    [Theory]
    [InlineData("faults broker-crashes 16 --list", 0, "broker-crashes,database-crashes", "")]
    [InlineData("faults --list nothing-breaks", 1, "", "hunt: there is no fault 'nothing-breaks'.\n      ./hunt faults --list prints all faults.\n")]
    public async Task A_fault_is_listed_by_its_name_or_number(string words, int exitCode, string names, string expectedErrors)
    {
        var (code, output, errors) = await checkout.Hunt(words.Split(' '));

        Assert.Equal((exitCode, expectedErrors), (code, errors));
        Assert.Equal(
            names, string.Join(
                ',', output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(
                    line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])));
    }

    [Fact]
    public async Task The_help_of_the_faults_names_each_option()
    {
        var output = (await checkout.Hunt(["faults", "--help"])).Output;

        Assert.All(
            SuiteCommand.Create().Options.Select(option => option.Name).Except(["--help", "--version"]),
            option => Assert.Contains($"\n  {option} ", output, StringComparison.Ordinal));
    }
}
