using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Settings are read strictly, and a broken one is told in a sentence that names it.</summary>
public class SettingsSpecs
{
    [Fact]
    public void What_is_not_set_has_its_default()
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
    public void What_is_set_is_in_force(string key, string value, string inForce)
    {
        var setting = Collect((key, value)).Settings.Single(
            setting => setting.Name.Equals($"Sample__{key}", StringComparison.OrdinalIgnoreCase));
        Assert.Equal((inForce, value.Length > 0), (setting.Value, setting.IsSet));
    }

    [Theory]
    [InlineData("Every", "300", "Sample__Every is '300': a duration needs a unit, such as 300s or 00:05:00.")]
    [InlineData("Every", "24:00:00", "Sample__Every is '24:00:00': it must be a duration such as 250ms, 30s, 5m, 2h, 7d or 00:05:00.")]
    [InlineData("Every", "0s", "Sample__Every is '0s': it must be 1s to 1d.")]
    [InlineData("Every", "25h", "Sample__Every is '25h': it must be 1s to 1d.")]
    [InlineData("Max", "abc", "Sample__Max is 'abc': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", "1,000", "Sample__Max is '1,000': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", "10.000", "Sample__Max is '10.000': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", " 5", "Sample__Max is ' 5': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", "0x10", "Sample__Max is '0x10': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", "99999999999", "Sample__Max is '99999999999': it must be a whole number, with digits only, such as 10000.")]
    [InlineData("Max", "0", "Sample__Max is '0': it must be 1 to 20000.")]
    [InlineData("Max", "-1", "Sample__Max is '-1': it must be 1 to 20000.")]
    [InlineData("Share", "0,5", "Sample__Share is '0,5': it must be a number with digits and at most one decimal point, such as 2.5.")]
    [InlineData("Share", "NaN", "Sample__Share is 'NaN': it must be a number with digits and at most one decimal point, such as 2.5.")]
    [InlineData("Enabled", "yes", "Sample__Enabled is 'yes': it must be true or false.")]
    [InlineData("Enabled", "1", "Sample__Enabled is '1': it must be true or false.")]
    [InlineData("Level", "3", "Sample__Level is '3': it must be one of Low, High.")]
    [InlineData("Endpoint", "/v1", "Sample__Endpoint is '/v1': it must be an absolute address such as http://127.0.0.1:4318.")]
    [InlineData("Name", "Hunt!", "Sample__Name is 'Hunt!': it must be ^[a-z]+$.")]
    [InlineData("Key", "short", "Sample__Key: it must be at least 32 characters.")]
    [InlineData("Inner:Count", "9", "Sample__Inner__Count is '9': it must be 1 to 3.")]
    [InlineData("Inners:1:Count", "9", "Sample__Inners__1__Count is '9': it must be 1 to 3.")]
    [InlineData("Pauses:0", "5", "Sample__Pauses__0 is '5': a duration needs a unit, such as 5s or 00:05:00.")]
    public void A_broken_value_is_told_with_its_name_and_what_it_takes(string key, string value, string sentence)
    {
        Assert.Equal(sentence, Assert.Throws<SettingException>(() => Read((key, value), ("Inners:0:Count", "1"))).Message);
        Assert.Equal([sentence], Collect((key, value), ("Inners:0:Count", "1")).Problems);
    }

    [Fact]
    public void A_locale_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal(0.5, Read(("Share", "0.5")).Share);
            Assert.Throws<SettingException>(() => Read(("Share", "0,5")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_host_tells_all_that_is_broken_together()
    {
        var report = Collect(("Max", "abc"), ("Every", "300"), ("Enabled", "maybe"));
        Assert.Equal(3, report.Problems.Count);
        Assert.Equal(3, Assert.Throws<SettingException>(report.ThrowIfBroken).Message.Split(Environment.NewLine).Length);
    }

    [Fact]
    public void What_must_be_set_is_asked_for()
    {
        var services = new ServiceCollection();
        Assert.Equal(
            "Needed__Address is not set: it names the server.",
            Assert.Throws<SettingException>(() => services.AddSettings<Needed>(Configuration("Needed"), "Needed")).Message);
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        var report = Collect(("Key", new string('k', 40)));
        Assert.DoesNotContain("kkk", report.ToJson(), StringComparison.Ordinal);
        Assert.Equal("***", report.Settings.Single(setting => setting.Name == "Sample__Key").Value);
    }

    [Fact]
    public void A_key_that_no_options_have_is_warned_about()
    {
        var warning = Assert.Single(Collect(("Maximum", "5")).Warnings);
        Assert.StartsWith("Sample__Maximum is no setting of this host and has no effect. Sample has ", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_features_may_share_a_section()
    {
        var services = new ServiceCollection();
        var report = services.CollectSettings();
        var configuration = Configuration("Shared", ("Max", "5"), ("Address", "x"));
        services.AddSettings<SampleOptions>(configuration, "Shared");
        services.AddSettings<Needed>(configuration, "Shared");
        Assert.Empty(report.Warnings);
    }

    private static SampleOptions Read(params (string Key, string Value)[] values) =>
        new ServiceCollection().AddSettings<SampleOptions>(Configuration("Sample", values), "Sample");

    private static SettingsReport Collect(params (string Key, string Value)[] values)
    {
        var services = new ServiceCollection();
        var report = services.CollectSettings();
        services.AddSettings<SampleOptions>(Configuration("Sample", values), "Sample");
        return report;
    }

    private static IConfiguration Configuration(string section, params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"{section}:{value.Key}", (string?)value.Value)))
        .Build();

    internal sealed class SampleOptions
    {
        [Range(1, 20_000)]
        public int Max { get; set; } = 10_000;

        [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
        public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

        public bool Enabled { get; set; } = true;

        public double Share { get; set; } = 2.5;

        public SampleLevel? Level { get; set; }

        public Uri? Endpoint { get; set; }

        [RegularExpression("^[a-z]+$")]
        public string Name { get; set; } = "hunt";

        [Secret]
        [MinLength(32)]
        public string? Key { get; set; }

        public Inner Inner { get; set; } = new();

        public List<Inner> Inners { get; set; } = [];

        public List<TimeSpan> Pauses { get; set; } = [];
    }

    internal sealed class Inner
    {
        [Range(1, 3)]
        public int Count { get; set; } = 2;
    }

    internal sealed class Needed
    {
        [Required(ErrorMessage = "it names the server.")]
        public string? Address { get; set; }
    }

    internal enum SampleLevel
    {
        Low,
        High,
    }
}
