using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.Audit;

/// <summary><c>GET /admin/audit</c>: every hunt, or one.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", ReportAsync);

    private static async Task<IResult> ReportAsync(
        Auditor auditor, EventFeedReader log, CancellationToken cancellationToken, string? huntId = null)
    {
        if (huntId is not null && AdminProblems.Id(nameof(huntId), huntId) is { } refusal)
        {
            return refusal;
        }

        var sequence = await log.HeadAsync(cancellationToken);
        var hunts = new List<HuntReport>();
        foreach (var hunt in huntId is null ? await log.HuntsAsync(cancellationToken) : [huntId])
        {
            hunts.Add(await auditor.AuditAsync(hunt, rests: 0, cancellationToken));
        }

        return Results.Ok(new { sequence, hunts });
    }
}
