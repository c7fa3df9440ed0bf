using TreasureHunt.Platform.Configuration;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary><c>docs/configuration.md</c> is held against what the hosts print: each setting has a row, each row is a setting.</summary>
public class ConfigurationDocumentSpecs
{
    /// <summary>Read by ASP.NET Core.</summary>
    private static readonly string[] NotOurs = ["ASPNETCORE_URLS", "Auth__SigningKey"];

    /// <summary>What a setting takes when no rule says more.</summary>
    private static readonly string[] Unruled = ["text", "a number", "a duration", "an address", "true or false"];

    [Fact]
    public async Task Each_setting_has_a_row_with_its_range_and_default()
    {
        var rows = Rows();
        foreach (var setting in await Settings())
        {
            Assert.True(rows.TryGetValue(setting.Name, out var row), $"docs/configuration.md has no row for {setting.Name}.");
            Assert.Equal((setting.Name, setting.Default ?? ""), (setting.Name, row.Default));
            if (!Unruled.Contains(setting.Takes))
            {
                Assert.Equal((setting.Name, setting.Takes), (setting.Name, row.Takes));
            }
        }
    }

    [Fact]
    public async Task Each_row_is_a_setting() =>
        Assert.Empty(Rows().Keys.Except((await Settings()).Select(setting => setting.Name)).Except(NotOurs));

    private static async Task<IEnumerable<Setting>> Settings() =>
        (await Task.WhenAll(HostRun.Hosts.Select(host => HostRun.Check(host)))).SelectMany(run => run.Settings).DistinctBy(
            setting => setting.Name);

    private static Dictionary<string, (string Takes, string Default)> Rows() => File.ReadLines(Repository.PathOf("docs/configuration.md"))
        .SkipWhile(line => !line.StartsWith("| variable | means | takes |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line =>
            line.Replace(@"\|", "\u0001", StringComparison.Ordinal).Split('|').Select(cell => cell.Trim().Trim('`').Replace('\u0001', '|'))
                .ToArray())
        .ToDictionary(cells => cells[1], cells => (cells[3], cells[4]));
}
