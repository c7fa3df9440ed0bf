using System.ComponentModel.DataAnnotations;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Mistyped settings: a host starts with a value within the range, or refuses the setting by name.</summary>
public class SettingFuzz
{
    private static readonly Gen<string> Numbers = Gen.Int[-10, 200].Select(number => $"{number}");

    [Fact]
    public void A_setting_is_within_its_range_or_is_refused_by_name() => Gen.Select(
        Gen.OneOf(Numbers, FuzzInputs.Text), Gen.OneOf(FuzzInputs.OneOf("00:00:05", "5", "true"), FuzzInputs.Text),
        Gen.OneOf(Gen.Bool.Select(on => $"{on}"), FuzzInputs.Text)).Check(
        values =>
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Fuzz:Max"] = values.Item1,
                ["Fuzz:Lifetime"] = values.Item2,
                ["Fuzz:Enabled"] = values.Item3,
            }).Build();
            try
            {
                var options = new ServiceCollection().AddSettings<FuzzOptions>(configuration, "Fuzz");
                Assert.InRange(options.Max, 1, 100);
                Assert.InRange(options.Lifetime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
            }
            catch (SettingException exception)
            {
                Assert.Contains("Fuzz", exception.Message, StringComparison.Ordinal);
            }
        },
        times: 3_000);

    private sealed class FuzzOptions
    {
        [Range(1, 100)]
        public int Max { get; set; } = 10;

        [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
        public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(1);

        public bool Enabled { get; set; }
    }
}
