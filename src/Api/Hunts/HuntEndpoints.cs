namespace TreasureHunt.Api.Hunts;

/// <summary>The routes that list hunts, read one with its treasures, and read its leaderboard.</summary>
public static class HuntEndpoints
{
    public static void MapHunts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hunts", GetHunts.HandleAsync)
            .WithName("GetHunts")
            .WithSummary("The latest hunts, newest first")
            .WithDescription("At most 100 hunts, those that are public. With an administrator's token it is a preview: drafts too.")
            .Produces<HuntListResponse>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/hunts/{huntId}", GetHunt.HandleAsync)
            .WithName("GetHunt")
            .WithSummary("A hunt with its treasures")
            .WithDescription(
                "The hunt has treasures from its opening on. With an administrator's token it is a preview: drafts and hidden treasures "
                    + "too.")
            .Produces<HuntResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/hunts/{huntId}/leaderboard", GetLeaderboard.HandleAsync)
            .WithName("GetLeaderboard")
            .WithSummary("The players with the most awards")
            .WithDescription("Players with equal awards share a rank (1, 1, 3), in the order of their ids.")
            .Produces<LeaderboardResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
