using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Treasures;

/// <summary><c>GET /v1/treasures/{treasureId}</c></summary>
public static class TreasureEndpoints
{
    public static void MapTreasures(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/treasures/{treasureId}", GetAsync)
            .WithName("GetTreasure")
            .WithSummary("A treasure with the clues that are revealed")
            .WithDescription(
                "Public from the opening of its hunt on. With an administrator's token it is a preview: hidden treasures and all clues.")
            .Produces<TreasureResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GetAsync(
        HttpContext http, string treasureId, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!IdentifierRules.IsSlug(treasureId))
        {
            return ProblemResults.MalformedId("A treasure id");
        }

        var now = timeProvider.GetUtcNow();
        var isPreview = UnpublishedAccess.IsAllowed(http);
        var treasure = await readModels.TreasureAsync(treasureId, cancellationToken);
        var hunt = treasure is null ? null : await readModels.HuntAsync(treasure.View.HuntId, cancellationToken);
        if (treasure is null || !(isPreview || TreasureResponse.IsPublic(hunt?.View, now)))
        {
            return ProblemResults.Of(ProblemNames.TreasureNotFound);
        }

        return new ReadResponse<TreasureResponse>(
            () => TreasureResponse.Of(treasure.View, hunt?.View, now, allClues: isPreview),
            treasure.Sequence,
            treasure.TakenAt,
            $"{TreasureResponse.StatusOf(treasure.View, hunt?.View, now)}-{TreasureResponse.CountRevealed(treasure.View, now)}",
            UnpublishedAccess.AudienceOf(http));
    }
}
