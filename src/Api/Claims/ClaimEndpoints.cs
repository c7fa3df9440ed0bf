using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Http;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Claims;

/// <summary>Claims: posting one, reading one, and a player's own.</summary>
public static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
            "/treasures/{treasureId}/claims", (HttpContext http, string treasureId, PostClaim post) => post.HandleAsync(http, treasureId))
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(new RequestSizeLimitAttribute(PostClaim.MaxBody))
            .WithMetadata(RequestHeader.ClaimKey, RequestHeader.Player, RequestHeader.Wait)
            .WithName("PostClaim")
            .WithSummary("Claim a unit of a treasure")
            .WithDescription(
                "200 tells the outcome: losing is a normal one, not an error. 202 says that the claim is safe and not decided yet: ask at Location after pollAfterMs. After a 503 send it again with the same Idempotency-Key: it cannot count twice. Takes a player's or a storefront's token.")
            .Accepts<ClaimRequest>(isOptional: true, "application/json")
            .Produces<ClaimResponse>()
            .Produces<ClaimResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        routes.MapGet("/claims/{claimId}", (HttpContext http, string claimId, GetClaim get) => get.HandleAsync(http, claimId))
            .RequireAuthorization(Policies.ReadingClaims)
            .WithMetadata(RequestHeader.Wait)
            .WithName("GetClaim")
            .WithSummary("A claim and what became of it")
            .WithDescription(
                "For the claim's own player, that player's storefront, or an administrator with the scope claims. A claim that is still pending is watched for up to half a second, or for as long as Prefer says.")
            .Produces<ClaimResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        routes.MapGet("/players/me/claims", ClaimsOfCallerAsync)
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(RequestHeader.Player)
            .WithName("GetMyClaims")
            .WithSummary("The caller's claims, or those of a storefront's player, newest first")
            .WithDescription("Takes a player's token, or a storefront's with the header Hunt-Player.")
            .Produces<ClaimListResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ClaimsOfCallerAsync(
        HttpContext http, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken,
        [Range(1, 200), Description("Claims at the most.")] int top = 50)
    {
        if (top is < 1 or > 200)
        {
            return ProblemResults.Of(ProblemNames.InvalidRequest, null, new Dictionary<string, string[]> { ["top"] = ["1 to 200"] });
        }

        var (player, refusal) = ClaimingPlayer.Of(http);
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
