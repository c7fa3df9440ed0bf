using System.Text.RegularExpressions;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The limits that the edge proxy takes from the environment.</summary>
public partial class ProxyLimitSpecs
{
    /// <summary>The value for "none" in <c>haproxy.cfg</c>: an unused address.</summary>
    private const string NoAddress = "255.255.255.255";

    /// <summary>By name, with their defaults.</summary>
    private static readonly SortedDictionary<string, string> Limits = new(
        File.ReadAllLines(Repository.PathOf("deploy/haproxy/haproxy.cfg")).Select(line => Preset().Match(line)).Where(
            preset => preset.Success)
            .ToDictionary(
                preset => preset.Groups["name"].Value,
                preset => preset.Groups["value"].Value.Replace(NoAddress, "none", StringComparison.Ordinal)),
        StringComparer.Ordinal);

    public static TheoryData<string> Numbers => [.. Limits.Where(limit => limit.Value.All(char.IsAsciiDigit)).Select(limit => limit.Key)];

    [Fact]
    public void The_table_contains_each_limit_and_its_default()
    {
        var documented =
            File.ReadAllLines(Repository.PathOf("docs/configuration.md")).SkipWhile(line => line != "## The edge proxy").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(
                line => line.StartsWith("| `HUNT_", StringComparison.Ordinal))
            .Select(line => line.Split('|')).Where(cells => !string.IsNullOrWhiteSpace(cells[^2]))
            .SelectMany(cells => Words(cells[1]).Zip(Words(cells[^2])));

        Assert.Equal(Limits.Select(limit => (limit.Key, limit.Value)), documented.Order());
        Assert.InRange(Limits.Count, 14, int.MaxValue);
    }

    // In HAProxy 2.6 the sum of two negative numbers is the largest number, as is a quotient by zero. A rule that compares one with a limit
    // refuses requests while few are in progress.
    [Fact]
    public void No_expression_subtracts_twice_or_divides()
    {
        var expressions = File.ReadAllText(Repository.PathOf("deploy/haproxy/haproxy.cfg"));

        Assert.Contains(",sub(", expressions, StringComparison.Ordinal);
        Assert.DoesNotMatch(@",sub\([^()]*\)[^ ]*,sub\(|,div\(|,mod\(", expressions);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public async Task A_limit_that_is_not_a_number_is_refused_by_name(string name)
    {
        foreach (var value in new[] { "", "0", "-1", "many", "1.5", "08", "1 000", "9999999999" })
        {
            var (code, output, errors) = await Check(name, value);
            Assert.Equal((1, ""), (code, output));
            Assert.StartsWith($"hunt: {name} is '{value}': it must be a whole number of at least 1.\n", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("HUNT_CLAIMS", "1")]
    [InlineData("HUNT_CLAIMS", "1000000")]
    [InlineData("HUNT_TRUSTED", "10.0.0.1 10.0.0.2")]
    [InlineData("HUNT_OTHER", "many")]
    public async Task Any_other_value_is_accepted(string name, string value) => Assert.Equal((0, "started", ""), await Check(name, value));

    private static async Task<(int ExitCode, string Output, string Errors)> Check(string name, string value)
    {
        var (code, output, errors) = await Shell.Run(
            "common haproxy", """root=$1 site_port=1; port_of() { echo 1; }; export "$2=$3"; with_addresses echo started""",
            Repository.PathOf(""), name, value);
        return (code, output.TrimEnd(), errors);
    }

    private static IEnumerable<string> Words(string cell) => cell.Split(',').Select(word => word.Trim(' ', '`'));

    [GeneratedRegex("^ *presetenv (?<name>HUNT_[A-Z_]+) (?<value>[^ ]+)$")]
    private static partial Regex Preset();
}
