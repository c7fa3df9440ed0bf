using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>An invalid setting stops the host at startup with a message that names it.</summary>
public sealed class StreamOptionSpecs
{
    [Theory]
    [InlineData("Max", "abc")]
    [InlineData("Max", "0")]
    [InlineData("Max", "1000000")]
    [InlineData("MaxHunts", "-1")]
    public void An_invalid_stream_setting_is_refused_by_name(string name, string value) =>
        Assert.Contains(
            name, Assert.Throws<SettingException>(() => Bound<StreamOptions>("Streams", name, value)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("KeepClaims", "00:00:01")]
    [InlineData("KeepClaims", "a year")]
    [InlineData("KeepPrevious", "-00:00:01")]
    [InlineData("KeepPrevious", "3600")]
    public void An_invalid_read_model_setting_is_refused_by_name(string name, string value) =>
        Assert.Contains(
            name, Assert.Throws<SettingException>(() => Bound<ReadModelOptions>("ReadModels", name, value)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Without_settings_the_defaults_apply() => Assert.Equal(
        (5_200, 500, TimeSpan.FromDays(400)),
        (Bound<StreamOptions>("Streams", "", "").Max, Bound<StreamOptions>("Streams", "", "").MaxHunts, Bound<ReadModelOptions>(
            "ReadModels", "Prefix", "th").KeepClaims));

    private static TOptions Bound<TOptions>(string section, string name, string value)
        where TOptions : class, new() => new ServiceCollection().AddSettings<TOptions>(
            new ConfigurationBuilder().AddInMemoryCollection([new($"{section}:{name}", value)]).Build(), section);
}
