using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Specs.Platform;

/// <summary>Option types of the specs of settings, and their binding.</summary>
internal static class SampleSettings
{
    public static SampleOptions Read(params (string Key, string Value)[] values) =>
        new ServiceCollection().AddSettings<SampleOptions>(Configuration("Sample", values), "Sample");

    public static SettingsReport Collect(params (string Key, string Value)[] values)
    {
        var services = new ServiceCollection();
        var report = services.CollectSettings();
        services.AddSettings<SampleOptions>(Configuration("Sample", values), "Sample");
        return report;
    }

    public static IConfiguration Configuration(string section, params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"{section}:{value.Key}", (string?)value.Value)))
        .Build();

    public sealed class SampleOptions
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

    public sealed class Inner
    {
        [Range(1, 3)]
        public int Count { get; set; } = 2;
    }

    public sealed class Needed
    {
        [Required(ErrorMessage = "it names the server.")]
        public string? Address { get; set; }
    }

    public enum SampleLevel
    {
        Low,
        High,
    }
}
