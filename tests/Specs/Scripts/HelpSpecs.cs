using System.CommandLine;
using TreasureHunt.Cli;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary><c>./hunt</c> prints help texts from files, without a build, .NET or a set. The files agree with the programs.</summary>
public sealed class HelpSpecs(CheckoutCopy checkout) : IClassFixture<CheckoutCopy>
{
    private const string Remedy = "Run deploy/local/help/write.";

    /// <summary>The commands and subcommands of the Cli, as words of a command line.</summary>
    public static TheoryData<string> CliCommands => [.. CommandsOf(HuntCommand.Create(), "")];

    /// <summary>The commands that <c>./hunt --help</c> lists.</summary>
    public static TheoryData<string> Commands => [.. Shell.Hunt(Repository.PathOf(""), ["--help"]).GetAwaiter().GetResult().Output
        .Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0])];

    [Theory]
    [MemberData(nameof(CliCommands))]
    public async Task The_help_of_a_command_ends_with_the_help_of_the_Cli(string words)
    {
        var printed = await HelpOfTheCli(words);
        var (code, output, errors) = await checkout.Hunt([.. words.Split(' '), "--help"]);

        Assert.Equal((0, ""), (code, errors));
        Assert.True(
            output.EndsWith($"\n\n{printed}", StringComparison.Ordinal),
            $"{Remedy} ./hunt {words} --help should end with\n{printed}\nand is\n{output}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_has_a_help_text(string command)
    {
        var (code, output, errors) = await checkout.Hunt([command, "--help"]);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith($"Usage: ./hunt {command}", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_help_text_belongs_to_a_command() => Assert.Equal(
        CliCommands.Select(row => row.Data.Replace(' ', '-')).Concat(["faults-list", "faults-list-short"]).Order(),
        Directory.GetFiles(Repository.PathOf("deploy/local/help"), "*.txt").Select(Path.GetFileNameWithoutExtension).Order());

    private static IEnumerable<string> CommandsOf(Command command, string words) =>
        command.Subcommands.SelectMany(child => CommandsOf(child, $"{words} {child.Name}".Trim()).Prepend($"{words} {child.Name}".Trim()));

    private static async Task<string> HelpOfTheCli(string words)
    {
        using var output = new StringWriter();
        Assert.Equal(
            0, await HuntCommand.Create().Parse([.. words.Split(' '), "--help"]).InvokeAsync(
                new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken));
        return output.ToString();
    }
}
