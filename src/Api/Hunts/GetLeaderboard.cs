using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Hunts;

/// <summary><c>GET /v1/hunts/{huntId}/leaderboard</c></summary>
internal static class GetLeaderboard
{
    private const int MaxTop = 100;

    public static async Task<IResult> HandleAsync(
        HttpContext http, string huntId, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken,
        [Range(1, MaxTop), Description("The maximum number of players.")] int top = 10)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return ProblemResults.MalformedId("A hunt id");
        }

        if (top is < 1 or > MaxTop)
        {
            return ProblemResults.Invalid("top", $"1 to {MaxTop}");
        }

        if (await readModels.HuntAsync(huntId, cancellationToken) is not { } hunt
            || !(UnpublishedAccess.IsAllowed(http) || hunt.View.Window.IsPublicAt(timeProvider.GetUtcNow())))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        var leaderboard = await readModels.LeaderboardAsync(huntId, top, cancellationToken);
        return new ReadResponse<LeaderboardResponse>(
            () => new LeaderboardResponse(huntId, leaderboard.View), leaderboard.Sequence, leaderboard.TakenAt,
            audience: UnpublishedAccess.AudienceOf(http));
    }
}
