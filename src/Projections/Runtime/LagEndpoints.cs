using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// <c>GET /admin/lag</c>: the position and the lag of each read model; <c>POST /admin/lag/reset</c> starts the measurement again.
/// </summary>
public static class LagEndpoints
{
    public static void MapLag(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/lag", GetLagAsync);
        admin.MapPost("/lag/reset", (LagMetrics lag) =>
        {
            lag.Reset();
            return Results.NoContent();
        });
    }

    private static async Task<object> GetLagAsync(
        EventReader eventFeed, LagMetrics lag, IEnumerable<LiveReadModel> live, CancellationToken cancellationToken)
    {
        var head = await eventFeed.HeadAsync(cancellationToken);
        var progress = await eventFeed.ProgressAsync(cancellationToken);
        var readModels = live.Select(model =>
        {
            var (name, sequence) = (model.Definition.Name, progress.GetValueOrDefault(model.Definition.Shard));
            var (p50, p99, _, count) = lag.SummaryOf(name);
            return new { name, sequence, behind = head - sequence, lagMs = new { p50, p99, count } };
        }).ToList();
        var claims = lag.SummaryOf(LagMetrics.ClaimBatches);
        var batches = claims.Count == 0
            ? null : new { p50 = claims.P50, p99 = claims.P99, max = claims.Max, count = claims.Count };
        return new { head, readModels, batches };
    }
}
