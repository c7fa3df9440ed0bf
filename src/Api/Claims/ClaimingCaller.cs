using System.Security.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Claims;

/// <summary>The caller of a request that claims: a player for itself, or a storefront for the players that it names.</summary>
public sealed class ClaimingCaller
{
    private readonly string? _player;
    private readonly string? _prefix;

    private ClaimingCaller(string? player, string? prefix, string? storefront) =>
        (_player, _prefix, Storefront) = (player, prefix, storefront);

    /// <summary>The <c>sub</c> of a storefront's token; null for a player, and when the token has none.</summary>
    public string? Storefront { get; }

    /// <returns>The caller, or the problem: the token names neither a player nor the prefix of players.</returns>
    public static (ClaimingCaller? Caller, ClaimProblem? Problem) Of(ClaimsPrincipal user)
    {
        if (user.Is(Audiences.Storefront))
        {
            return user.PlayerPrefix() is { } prefix
                ? (new ClaimingCaller(null, prefix, user.FindFirstValue("sub")), null)
                : (null, Forbidden(
                    "The token's claim 'players' must be the prefix of its players' ids, with ':' at the end, such as shop1:."));
        }

        var claimName = ((ClaimsIdentity)user.Identity!).NameClaimType;
        return user.PlayerId() is { } player
            ? (new ClaimingCaller(player, null, null), null)
            : (null, Forbidden($"The token's claim '{claimName}' is not a player id: {IdentifierRules.PlayerRule}."));
    }

    /// <summary>The player of a claim: the player of the token, or the player that a storefront names.</summary>
    /// <param name="named">The player that the request names; null when it names none.</param>
    /// <param name="field">Where the request names the player.</param>
    /// <returns>The player, or the problem that says why the caller may not claim for the named one.</returns>
    public (string? Player, ClaimProblem? Problem) PlayerOf(string? named, string field)
    {
        if (_player is not null)
        {
            return named is null || named == _player
                ? (_player, null) : (null, Forbidden("A player's token is valid for that player only."));
        }

        if (!IdentifierRules.IsPlayer(named))
        {
            return (null, ClaimProblem.Invalid(field, $"one player id, {IdentifierRules.PlayerRule}"));
        }

        return named!.StartsWith(_prefix!, StringComparison.Ordinal)
            ? (named, null) : (null, Forbidden($"The token covers players whose ids begin with {_prefix}"));
    }

    private static ClaimProblem Forbidden(string detail) => new(ProblemNames.Forbidden, detail);
}
