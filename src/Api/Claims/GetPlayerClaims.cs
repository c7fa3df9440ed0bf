using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;

namespace TreasureHunt.Api.Claims;

/// <summary><c>GET /v1/players/me/claims</c></summary>
public static class GetPlayerClaims
{
    private const int MaxTop = 200;

    public static async Task<IResult> HandleAsync(
        HttpContext http, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken,
        [Range(1, MaxTop), Description("The maximum number of claims.")] int top = 50)
    {
        if (top is < 1 or > MaxTop)
        {
            return ProblemResults.Invalid("top", $"1 to {MaxTop}");
        }

        var (player, _, refusal) = ClaimingPlayer.Of(http);
        if (refusal is not null)
        {
            return refusal;
        }

        var claims = await readModels.ClaimsOfAsync(player!, top, cancellationToken);
        var sequence = claims.Count == 0 ? 0 : claims.Max(claim => claim.Sequence);
        return new ReadResponse<ClaimListResponse>(
            () => new ClaimListResponse(claims.Select(claim => ClaimResponse.Of(claim.View)).ToList()), sequence, timeProvider.GetUtcNow(),
            $"{claims.Count}", ResponseAudience.Caller);
    }
}

/// <summary>A player's claims, newest first.</summary>
public sealed record ClaimListResponse(IReadOnlyList<ClaimResponse> Claims);
