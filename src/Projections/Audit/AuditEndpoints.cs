using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.Audit;

/// <summary><c>GET /admin/audit</c>: every hunt, or one.</summary>
public static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", Report);

    private static async Task<IResult> Report(Auditor auditor, EventFeedReader log, CancellationToken cancellation, string? huntId = null)
    {
        if (huntId is not null && AdminProblems.Id(nameof(huntId), huntId) is { } refusal)
        {
            return refusal;
        }

        var sequence = await log.Head(cancellation);
        var hunts = new List<HuntReport>();
        foreach (var hunt in huntId is null ? await log.Hunts(cancellation) : [huntId])
        {
            hunts.Add(await auditor.Audit(hunt, rests: 0, cancellation));
        }

        return Results.Ok(new { sequence, hunts });
    }
}
