using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Admission;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Which storefront may claim for which players on the bus.</summary>
public sealed class StorefrontSpecs
{
    [Fact]
    public void A_storefront_claims_for_the_players_with_its_prefix() => Configured().Check("storefront-shop1", "shop1:alice");

    [Theory]
    [InlineData(null, "shop1:alice", "no user_id")]
    [InlineData("", "shop1:alice", "no user_id")]
    [InlineData("operator", "shop1:alice", "'operator' is no storefront")]
    [InlineData("shop1", "shop1:alice", "'shop1' is no storefront")]
    [InlineData("storefront-", "shop1:alice", "'storefront-' is no storefront")]
    [InlineData("storefront-other", "shop1:alice", "'storefront-other' is no storefront")]
    [InlineData("storefront-SHOP1", "shop1:alice", "'storefront-SHOP1' is no storefront")]
    [InlineData("storefront-shop1", "shop2:alice", "begins with 'shop1:'")]
    [InlineData("storefront-shop1", "SHOP1:alice", "begins with 'shop1:'")]
    [InlineData("storefront-shop1", "shop1", "begins with 'shop1:'")]
    [InlineData("storefront-shop1", null, "begins with 'shop1:'")]
    public void Everything_else_is_refused_with_the_reason(string? userId, string? playerId, string reason)
    {
        var refused = Assert.Throws<UnauthorizedAccessException>(() => Configured().Check(userId, playerId));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_storefronts_all_are_refused() =>
        Assert.Throws<UnauthorizedAccessException>(() => Configured([]).Check("storefront-shop1", "shop1:alice"));

    [Theory]
    [InlineData("shop1", "shop 1:")]
    [InlineData("shop1", "shop1")]
    [InlineData("Shop_1", "shop1:")]
    public void A_storefront_that_can_have_no_players_ends_the_start(string name, string players)
    {
        var exception = Assert.Throws<SettingException>(
            () => Configured(new KeyValuePair<string, string?>($"Storefronts:{name}:Players", players)));

        Assert.StartsWith($"Storefronts__{name}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop1:", "shop1:")]
    [InlineData("shop1:", "shop1:north:")]
    public void A_storefront_that_could_claim_for_the_players_of_another_ends_the_start(string one, string other)
    {
        var exception = Assert.Throws<SettingException>(
            () => Configured(new("Storefronts:one:Players", one), new("Storefronts:other:Players", other)));

        Assert.Contains("Storefronts__other__Players: it begins with the prefix of one", exception.Message, StringComparison.Ordinal);
    }

    private static Storefronts Configured() =>
        Configured([new("Storefronts:shop1:Players", "shop1:"), new("Storefronts:shop2:Players", "shop2:")]);

    private static Storefronts Configured(params KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddStorefronts(configuration).BuildServiceProvider();
        return services.GetRequiredService<Storefronts>();
    }
}
