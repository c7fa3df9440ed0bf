using System.Text.Json;
using StackExchange.Redis;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Whether the workers behind this Api make progress: the projections, by the report that their leader writes into Redis, and the
/// decisions, by samples of the claims that this Api accepted.
/// </summary>
public sealed class PipelineProgress(CacheTiers tiers, ReadModelKeys keys, ClaimStallDetector undecided)
{
    private volatile string _projections = DependencyStates.Away;

    /// <summary><c>up</c>, <c>stalled</c> when a read model stalls, <c>away</c> without a report or without Redis.</summary>
    public string Projections => _projections;

    /// <summary><c>up</c> or <c>stalled</c>.</summary>
    public string Decisions => undecided.IsStalled ? DependencyStates.Stalled : DependencyStates.Up;

    /// <summary>Whether projections and decisions make progress, and Redis accepts writes.</summary>
    public bool IsAdvancing => _projections == DependencyStates.Up && !undecided.IsStalled && !tiers.IsRedisFull;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await undecided.CheckAsync(cancellationToken);
        try
        {
            var report = await tiers.QueryRedisAsync(redis => redis.StringGetAsync(keys.ProjectionReport), cancellationToken);
            _projections = ParseState(report.IsNull ? null : (byte[])report!);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            _projections = DependencyStates.Away;
        }
    }

    /// <summary>The state in a report; the report is null when there is none.</summary>
    public static string ParseState(byte[]? report)
    {
        try
        {
            return report is null ? DependencyStates.Away
                : ProjectionReport.Parse(report).Stalled.Count > 0 ? DependencyStates.Stalled
                : DependencyStates.Up;
        }
        catch (JsonException)
        {
            // The report of another build, in another format.
            return DependencyStates.Up;
        }
    }
}
