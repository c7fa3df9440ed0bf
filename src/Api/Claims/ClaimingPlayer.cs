using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// The player of a request: the player of the token, or the player that a storefront names in the header <c>Hunt-Player</c>.
/// </summary>
public static class ClaimingPlayer
{
    /// <returns>The player, or the problem that says why the token and the header name none.</returns>
    public static (string? Player, ClaimingCaller? Caller, IResult? Problem) Of(HttpContext http)
    {
        var (caller, problem) = ClaimingCaller.Of(http.User);
        if (caller is null)
        {
            return (null, null, ProblemResults.Of(problem!));
        }

        // Several lines of the header are no player id.
        var named = http.Request.Headers[RequestHeader.Player.Name];
        (var player, problem) = caller.PlayerOf(named.Count == 0 ? null : named.ToString(), RequestHeader.Player.Name);
        return (player, caller, problem is null ? null : ProblemResults.Of(problem));
    }
}
