using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Http;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Claims;

/// <summary>The routes that post a claim, read one, and list a player's claims.</summary>
public static class ClaimEndpoints
{
    /// <summary>The name of the route that posts one claim.</summary>
    public const string PostClaimName = "PostClaim";

    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
            "/treasures/{treasureId}/claims", (HttpContext http, string treasureId, PostClaim post) => post.HandleAsync(http, treasureId))
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(new BodyLimit(ClaimRequest.MaxBytes))
            .WithMetadata(RequestHeader.ClaimKey, RequestHeader.Player, RequestHeader.Wait)
            .WithName(PostClaimName)
            .WithSummary("Claim a unit of a treasure")
            .WithDescription(
                "200 returns the outcome; a rejected claim is a normal outcome, not an error. 202 means that the claim is accepted and not "
                    + "decided yet: poll Location after pollAfterMs. After a 503 send the claim again with the same Idempotency-Key: "
                    + "it counts once. Accepts the token of a player or a storefront.")
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

        routes.MapPost("/claims", (HttpContext http, PostClaims post) => post.HandleAsync(http))
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(new BodyLimit(ClaimList.MaxBytes))
            .WithMetadata(RequestHeader.Wait)
            .WithName("PostClaims")
            .WithSummary("Claim units for up to 500 claims in one request")
            .WithDescription(
                "An array of claims, or one claim a line (NDJSON). The response has the same format and one answer for each claim, in the "
                    + "order of the claims. A claim that is refused has no effect on the others. With Prefer: wait=n the response waits "
                    + "until all claims are decided. Accepts the token of a storefront, or of a player for its own claims.")
            .Accepts<ClaimLineRequest[]>("application/json", ClaimList.Ndjson)
            .Produces<ClaimLineResponse[]>(StatusCodes.Status200OK, "application/json", ClaimList.Ndjson)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status408RequestTimeout)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        routes.MapPost("/claims/stream", (HttpContext http, StreamClaims post) => post.Handle(http))
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .WithName("StreamClaims")
            .WithSummary("Claim units over one long request, which is answered while it is being sent")
            .WithDescription(
                "One claim a line (NDJSON), as PostClaims takes them. The response has one line for each claim, in the order of the "
                    + "claims; it is sent while the request is being read. A line waits for its outcome for up to 20 seconds.")
            // Streams, not texts: no program ever has the whole body.
            .Accepts<Stream>(ClaimList.Ndjson)
            .Produces<Stream>(StatusCodes.Status200OK, ClaimList.Ndjson)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        routes.MapGet("/claims/{claimId}", (HttpContext http, string claimId, GetClaim get) => get.HandleAsync(http, claimId))
            .RequireAuthorization(Policies.ReadingClaims)
            .WithMetadata(RequestHeader.Wait)
            .WithName("GetClaim")
            .WithSummary("A claim and its outcome")
            .WithDescription(
                "For the claim's own player, that player's storefront, or an administrator with the scope claims. While the claim is "
                    + "pending, the response waits for its outcome for up to half a second, or for as long as Prefer says.")
            .Produces<ClaimResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        routes.MapGet("/players/me/claims", GetPlayerClaims.HandleAsync)
            .RequireAuthorization(Policies.Claiming)
            .WithMetadata(RequestHeader.Player)
            .WithName("GetMyClaims")
            .WithSummary("The claims of the caller, or of a storefront's player, newest first")
            .WithDescription("Accepts a player's token, or a storefront's token with the header Hunt-Player.")
            .Produces<ClaimListResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
