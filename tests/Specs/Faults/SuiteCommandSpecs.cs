using TreasureHunt.Cli;
using TreasureHunt.Faults.Suites;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>Arguments of <c>./hunt faults</c> that do not fit together are answered with a sentence, not with an exception.</summary>
public static class SuiteCommandSpecs
{
    [Theory]
    [InlineData("greedy-source", "--minutes", "3")]
    [InlineData("no-such-fault")]
    [InlineData("--minutes", "none")]
    public static async Task Wrong_arguments_are_misuse(params string[] args) => Assert.Equal(
        ExitCodes.Misused, await HuntCommand.RunAsync(SuiteCommand.Create().Parse(args)));
}
