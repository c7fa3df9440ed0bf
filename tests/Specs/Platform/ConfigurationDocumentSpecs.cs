using TreasureHunt.Platform.Configuration;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary><c>docs/configuration.md</c> has a row for each setting that the hosts print, and no other rows.</summary>
public class ConfigurationDocumentSpecs
{
    /// <summary>Read by ASP.NET Core.</summary>
    private static readonly string[] OtherSettings = ["ASPNETCORE_URLS", "Auth__SigningKey"];

    /// <summary>The value descriptions of settings without a range.</summary>
    private static readonly string[] PlainTypes = ["text", "a number", "a duration", "an address", "true or false"];

    [Fact]
    public async Task Each_setting_has_a_row_with_its_range_and_default()
    {
        var rows = Rows();
        foreach (var setting in await Settings())
        {
            Assert.True(rows.TryGetValue(setting.Name, out var row), $"docs/configuration.md has no row for {setting.Name}.");
            Assert.Equal((setting.Name, setting.Default ?? ""), (setting.Name, row.Default));
            if (!PlainTypes.Contains(setting.Takes))
            {
                Assert.Equal((setting.Name, setting.Takes), (setting.Name, row.Takes));
            }
        }
    }

    [Fact]
    public async Task Each_row_is_a_setting() =>
        Assert.Empty(Rows().Keys.Except((await Settings()).Select(setting => setting.Name)).Except(OtherSettings));

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
