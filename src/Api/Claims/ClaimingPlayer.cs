using System.Security.Claims;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// The player of a request: the player of the token, or the player that a storefront names in the header <c>Hunt-Player</c>.
/// </summary>
public static class ClaimingPlayer
{
    private static string Header => RequestHeader.Player.Name;

    /// <returns>The player, or the problem that says why the token and the header name none.</returns>
    public static (string? Player, IResult? Problem) Of(HttpContext http)
    {
        var named = http.Request.Headers[Header];
        if (http.User.Is(Audiences.Storefront))
        {
            if (http.User.PlayerPrefix() is not { } prefix)
            {
                return Refuse("The token's claim 'players' must be the prefix of its players' ids, with ':' at the end, such as shop1:.");
            }

            if (named.Count != 1 || !IdentifierRules.IsPlayer(named[0]))
            {
                return (null, ProblemResults.Invalid(Header, $"one player id, {IdentifierRules.PlayerRule}"));
            }

            return http.User.Covers(named[0]!)
                ? (named[0], null)
                : Refuse($"The token covers players whose ids begin with {prefix}");
        }

        if (http.User.PlayerId() is not { } player)
        {
            var claimName = ((ClaimsIdentity)http.User.Identity!).NameClaimType;
            return Refuse($"The token's claim '{claimName}' is not a player id: {IdentifierRules.PlayerRule}.");
        }

        return named.Count == 0 || named == player ? (player, null) : Refuse("A player's token is valid for that player only.");
    }

    private static (string?, IResult) Refuse(string detail) => (null, ProblemResults.Of(ProblemNames.Forbidden, detail));
}
