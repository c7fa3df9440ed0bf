using System.Security.Claims;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>For which players a caller may claim.</summary>
public class ClaimingCallerSpecs
{
    [Theory]
    [InlineData(null, "alice")]
    [InlineData("alice", "alice")]
    [InlineData("bob", ProblemNames.Forbidden)]
    [InlineData("", ProblemNames.Forbidden)]
    public void A_player_claims_for_itself(string? named, string expected) => Assert.Equal(expected, PlayerOf(Player("alice"), named));

    [Theory]
    [InlineData("shop:alice", "shop:alice")]
    [InlineData("shop2:alice", ProblemNames.Forbidden)]
    [InlineData("alice", ProblemNames.Forbidden)]
    [InlineData(null, ProblemNames.InvalidRequest)]
    [InlineData("shop:no player!", ProblemNames.InvalidRequest)]
    public void A_storefront_claims_for_the_players_of_its_prefix(string? named, string expected) =>
        Assert.Equal(expected, PlayerOf(Storefront("shop:"), named));

    [Theory]
    [InlineData("shop")]
    [InlineData("")]
    [InlineData("no prefix:")]
    public void A_storefront_without_a_valid_prefix_cannot_claim(string prefix) =>
        Assert.Equal(ProblemNames.Forbidden, ClaimingCaller.Of(Storefront(prefix)).Problem?.Name);

    [Fact]
    public void A_player_without_a_valid_id_cannot_claim() =>
        Assert.Equal(ProblemNames.Forbidden, ClaimingCaller.Of(Player("auth0|1")).Problem?.Name);

    [Fact]
    public void Only_a_storefront_has_the_limit_of_a_storefront() => Assert.Equal(
        ("shop", null), (ClaimingCaller.Of(Storefront("shop:")).Caller!.Storefront, ClaimingCaller.Of(Player("alice")).Caller!.Storefront));

    private static string PlayerOf(ClaimsPrincipal user, string? named)
    {
        var (player, problem) = ClaimingCaller.Of(user).Caller!.PlayerOf(named, "playerId");
        Assert.NotEqual(player is null, problem is null);
        return player ?? problem!.Name;
    }

    private static ClaimsPrincipal Player(string id) => Token(Audiences.Player, new Claim("sub", id));

    private static ClaimsPrincipal Storefront(string prefix) =>
        Token(Audiences.Storefront, new Claim("sub", "shop"), new Claim("players", prefix));

    private static ClaimsPrincipal Token(string audience, params Claim[] claims) =>
        new(new ClaimsIdentity(claims, audience, "sub", "role"));
}
