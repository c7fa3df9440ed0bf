using System.CommandLine;
using TreasureHunt.Cli;
using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Suites;
using TreasureHunt.Faults.Trials;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>Help needs no build, no .NET and no set: <c>./hunt</c> prints from files what the programs say of themselves.</summary>
public sealed class HelpSpecs(HelpSpecs.Checkout checkout) : IClassFixture<HelpSpecs.Checkout>
{
    private const string Remedy = "Run deploy/local/help/write.";

    /// <summary>The commands and subcommands of the Cli, as words of a command line.</summary>
    public static TheoryData<string> CliCommands => [.. Below(HuntCommand.Create(), "")];

    /// <summary>The commands that <c>./hunt --help</c> lists.</summary>
    public static TheoryData<string> Commands => [.. Shell.Hunt(Repository.PathOf(""), ["--help"]).GetAwaiter().GetResult().Output
        .Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0])];

    [Theory]
    [MemberData(nameof(CliCommands))]
    public async Task The_help_of_a_command_is_what_the_Cli_prints(string words)
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
    public async Task Each_command_has_its_help(string command)
    {
        var (code, output, errors) = await checkout.Hunt([command, "--help"]);

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith($"Usage: ./hunt {command}", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("faults --list")]
    [InlineData("faults --list --short")]
    public async Task The_list_of_faults_is_the_catalogue(string words)
    {
        var faults = words.Contains("--short", StringComparison.Ordinal) ? KnownFaults.Short : KnownFaults.All;
        var (code, output, errors) = await checkout.Hunt(words.Split(' '));

        Assert.Equal((0, ""), (code, errors));
        Assert.True(output == string.Concat(faults.Select(fault => $"{fault.Line}\n")), $"{Remedy}\n{output}");
    }

    [Theory]
    [InlineData("faults broker-crashes 16 --list", 0, "broker-crashes,database-crashes", "")]
    [InlineData("faults --list nothing-breaks", 1, "", "hunt: there is no fault 'nothing-breaks'.\n      ./hunt faults --list tells which there are.\n")]
    public async Task A_fault_is_listed_by_its_name_or_number(string words, int exitCode, string names, string complaint)
    {
        var (code, output, errors) = await checkout.Hunt(words.Split(' '));

        Assert.Equal((exitCode, complaint), (code, errors));
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

    [Fact]
    public void No_text_is_left_of_a_command_that_is_gone() => Assert.Equal(
        CliCommands.Select(row => row.Data.Replace(' ', '-')).Concat(["faults-list", "faults-list-short"]).Order(),
        Directory.GetFiles(Repository.PathOf("deploy/local/help"), "*.txt").Select(Path.GetFileNameWithoutExtension).Order());

    private static IEnumerable<string> Below(Command command, string words) =>
        command.Subcommands.SelectMany(child => Below(child, $"{words} {child.Name}".Trim()).Prepend($"{words} {child.Name}".Trim()));

    private static async Task<string> HelpOfTheCli(string words)
    {
        using var output = new StringWriter();
        Assert.Equal(
            0, await HuntCommand.Create().Parse([.. words.Split(' '), "--help"]).InvokeAsync(
                new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken));
        return output.ToString();
    }

    /// <summary>
    /// The files under version control that <c>./hunt</c> consists of, without anything built, and no <c>dotnet</c> on the path.
    /// </summary>
    public sealed class Checkout : IDisposable
    {
        private static readonly string[] Programs = [
            "awk", "basename", "bash", "cat", "dirname", "env", "grep", "id", "readlink", "sed", "sort", "tail", "uname"];

        private readonly string _folder = Directory.CreateTempSubdirectory("hunt-help").FullName;

        public Checkout()
        {
            Copy("hunt");
            foreach (var file in Directory.EnumerateFiles(Repository.PathOf("deploy"), "*", SearchOption.AllDirectories))
            {
                Copy(Path.GetRelativePath(Repository.PathOf(""), file));
            }

            var path = Directory.CreateDirectory(Path.Combine(_folder, "path")).FullName;
            foreach (var program in Programs)
            {
                File.CreateSymbolicLink(Path.Combine(path, program), Find(program));
            }
        }

        /// <summary>Runs its <c>./hunt</c>; fails when that has made a file.</summary>
        public async Task<(int ExitCode, string Output, string Errors)> Hunt(IEnumerable<string> words)
        {
            var run = await Shell.Hunt(_folder, words, ("PATH", Path.Combine(_folder, "path")));
            Assert.False(Directory.Exists(Path.Combine(_folder, ".run")), "A set was made.");
            return run;
        }

        public void Dispose() => Directory.Delete(_folder, recursive: true);

        private static string Find(string program) =>
            Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);

        private void Copy(string file)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.Copy(Repository.PathOf(file), Path.Combine(_folder, file));
        }
    }
}
