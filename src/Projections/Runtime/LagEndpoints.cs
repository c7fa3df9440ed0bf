using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// <c>GET /admin/lag</c>: how far each read model has come and how late it tells; <c>POST /admin/lag/reset</c> begins to measure anew.
/// </summary>
public static class LagEndpoints
{
    public static void MapLag(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/lag", TellAsync);
        admin.MapPost("/lag/reset", (LagMetrics lag) =>
        {
            lag.Reset();
            return Results.NoContent();
        });
    }

    private static async Task<object> TellAsync(
        EventFeedReader log, LagMetrics lag, IEnumerable<LiveReadModel> live, CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(cancellationToken);
        var progress = await log.ProgressAsync(cancellationToken);
        var readModels = live.Select(model =>
        {
            var (name, sequence) = (model.Kind.Name, progress.GetValueOrDefault(model.Kind.Shard));
            var (p50, p99, _, count) = lag.Of(name);
            return new { name, sequence, behind = head - sequence, lagMs = new { p50, p99, count } };
        }).ToList();
        var together = lag.Of(LagMetrics.Batches);
        var batches = together.Count == 0
            ? null : new { p50 = together.P50, p99 = together.P99, max = together.Max, count = together.Count };
        return new { head, readModels, batches };
    }
}
