using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.Audit;

/// <summary><c>GET /admin/audit</c>: audits all hunts, or one.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", GetReportAsync);

    private static async Task<IResult> GetReportAsync(
        Auditor auditor, EventReader eventFeed, CancellationToken cancellationToken, string? huntId = null)
    {
        if (huntId is not null && AdminProblems.ValidateId(nameof(huntId), huntId) is { } problem)
        {
            return problem;
        }

        var sequence = await eventFeed.HeadAsync(cancellationToken);
        var hunts = new List<HuntReport>();
        foreach (var hunt in huntId is null ? await eventFeed.ReadHuntIdsAsync(cancellationToken) : [huntId])
        {
            hunts.Add(await auditor.AuditHuntAsync(hunt, pauseFactor: 0, cancellationToken));
        }

        return Results.Ok(new { sequence, hunts });
    }
}
