using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;
using Xunit;
using static TreasureHunt.Specs.Platform.SampleSettings;

namespace TreasureHunt.Specs.Platform;

/// <summary>The values, secrets and warnings of settings.</summary>
public class SettingsSpecs
{
    [Fact]
    public void A_missing_setting_has_its_default()
    {
        var options = Read();
        Assert.Equal((10_000, TimeSpan.FromMinutes(5), true, 2.5), (options.Max, options.Every, options.Enabled, options.Share));
    }

    [Theory]
    [InlineData("Max", "", "10000")]
    [InlineData("Max", "20", "20")]
    [InlineData("Every", "90s", "90s")]
    [InlineData("Every", "00:01:30", "90s")]
    [InlineData("enabled", "FALSE", "false")]
    [InlineData("Share", "0.25", "0.25")]
    [InlineData("Level", "high", "High")]
    public void A_given_setting_is_in_force(string key, string value, string inForce)
    {
        var setting = Collect((key, value)).Settings.Single(
            setting => setting.Name.Equals($"Sample__{key}", StringComparison.OrdinalIgnoreCase));
        Assert.Equal((inForce, value.Length > 0), (setting.Value, setting.IsSet));
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        var report = Collect(("Key", new string('k', 40)));
        Assert.DoesNotContain("kkk", report.ToJson(), StringComparison.Ordinal);
        Assert.Equal("***", report.Settings.Single(setting => setting.Name == "Sample__Key").Value);
    }

    [Fact]
    public void An_unknown_key_is_a_warning()
    {
        var warning = Assert.Single(Collect(("Maximum", "5")).Warnings);
        Assert.StartsWith(
            "Sample__Maximum is not a setting of this host and has no effect. Sample has ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_option_types_may_share_a_section()
    {
        var services = new ServiceCollection();
        var report = services.CollectSettings();
        var configuration = Configuration("Shared", ("Max", "5"), ("Address", "x"));
        services.AddSettings<SampleOptions>(configuration, "Shared");
        services.AddSettings<Needed>(configuration, "Shared");
        Assert.Empty(report.Warnings);
    }
}
