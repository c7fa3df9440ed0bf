using Xunit;
using static TreasureHunt.Specs.Api.StorefrontExamples;

namespace TreasureHunt.Specs.Api;

/// <summary>The players for which a storefront may send claims on the bus.</summary>
public sealed class StorefrontSpecs
{
    [Fact]
    public void A_storefront_claims_for_the_players_with_its_prefix() => Configured().EnsureMayClaim("storefront-shop1", "shop1:alice");

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
    public void Any_other_claim_is_refused_with_the_reason(string? userId, string? playerId, string reason)
    {
        var refused = Assert.Throws<UnauthorizedAccessException>(() => Configured().EnsureMayClaim(userId, playerId));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_storefronts_every_claim_is_refused() =>
        Assert.Throws<UnauthorizedAccessException>(() => Configured([]).EnsureMayClaim("storefront-shop1", "shop1:alice"));
}
