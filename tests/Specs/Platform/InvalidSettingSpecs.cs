using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;
using Xunit;
using static TreasureHunt.Specs.Platform.SampleSettings;

namespace TreasureHunt.Specs.Platform;

/// <summary>An invalid setting is reported with its name and its range.</summary>
public class InvalidSettingSpecs
{
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
    public void An_invalid_value_is_reported_with_its_name_and_its_range(string key, string value, string message)
    {
        Assert.Equal(message, Assert.Throws<SettingException>(() => Read((key, value), ("Inners:0:Count", "1"))).Message);
        Assert.Equal([message], Collect((key, value), ("Inners:0:Count", "1")).Problems);
    }

    [Fact]
    public void The_culture_does_not_change_parsing()
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
    public void All_invalid_settings_are_reported_together()
    {
        var report = Collect(("Max", "abc"), ("Every", "300"), ("Enabled", "maybe"));
        Assert.Equal(3, report.Problems.Count);
    }

    [Fact]
    public void A_missing_required_setting_is_reported()
    {
        var services = new ServiceCollection();
        Assert.Equal(
            "Needed__Address is not set: it names the server.",
            Assert.Throws<SettingException>(() => services.AddSettings<Needed>(Configuration("Needed"), "Needed")).Message);
    }
}
