using TreasureHunt.Platform.Configuration;
using Xunit;
using static TreasureHunt.Specs.Api.StorefrontExamples;

namespace TreasureHunt.Specs.Api;

/// <summary>Storefront settings that stop a host at startup.</summary>
public sealed class StorefrontSettingSpecs
{
    [Theory]
    [InlineData("shop1", "shop 1:")]
    [InlineData("shop1", "shop1")]
    [InlineData("Shop_1", "shop1:")]
    public void A_storefront_with_an_invalid_prefix_stops_the_host_at_startup(string name, string players)
    {
        var exception = Assert.Throws<SettingException>(
            () => Configured(new KeyValuePair<string, string?>($"Storefronts:{name}:Players", players)));

        Assert.StartsWith($"Storefronts__{name}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop1:", "shop1:")]
    [InlineData("shop1:", "shop1:north:")]
    public void Overlapping_prefixes_stop_the_host_at_startup(string one, string other)
    {
        var exception = Assert.Throws<SettingException>(
            () => Configured(new("Storefronts:one:Players", one), new("Storefronts:other:Players", other)));

        Assert.Contains("Storefronts__other__Players: it begins with the prefix of one", exception.Message, StringComparison.Ordinal);
    }
}
