using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Http;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Streaming;

/// <summary>The player whose claims a stream sends.</summary>
/// <param name="Until">When the caller's token ends, and the stream with it: a new one needs a valid token.</param>
public sealed record StreamCaller(string PlayerId, DateTimeOffset? Until)
{
    /// <returns>
    /// The player of the token, or the one that a storefront names; null for every other caller. Or the problem of the token: a caller who
    /// sends one expects claims.
    /// </returns>
    public static (StreamCaller? Caller, IResult? Problem) Of(HttpContext http)
    {
        if (http.User.Identity is not { IsAuthenticated: true })
        {
            return (null, http.Request.Headers.Authorization.Count > 0 ? Results.Challenge() : null);
        }

        var isPlayer = http.User.Is(Audiences.Player)
            || (http.User.Is(Audiences.Storefront) && http.Request.Headers.ContainsKey(RequestHeader.Player.Name));
        if (!isPlayer)
        {
            return (null, null);
        }

        var (player, _, problem) = ClaimingPlayer.Of(http);
        return (player is null ? null : new StreamCaller(player, http.TokenEnd()), problem);
    }
}
