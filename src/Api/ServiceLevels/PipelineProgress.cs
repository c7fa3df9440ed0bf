using System.Text.Json;
using StackExchange.Redis;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Whether what is behind this Api moves: the read models, by what the leading Projections worker writes into Redis, and the
/// decisions, by a sample of the claims that this Api accepted.
/// </summary>
public sealed class PipelineProgress(CacheTiers hops, ReadModelKeys keys, UndecidedClaims undecided)
{
    private volatile string _projections = Away;

    private const string Up = "up";
    private const string Stalled = "stalled";
    private const string Away = "away";

    /// <summary><c>up</c>, <c>stalled</c> when a read model stands still, <c>away</c> when no worker feeds them or none can tell.</summary>
    public string Projections => _projections;

    /// <summary><c>up</c> or <c>stalled</c>.</summary>
    public string Decisions => undecided.StandsStill ? Stalled : Up;

    /// <summary>Whether nothing stands still.</summary>
    public bool IsMoving => _projections == Up && !undecided.StandsStill && !hops.IsRedisFull;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await undecided.LookAsync(cancellationToken);
        try
        {
            var report = await hops.QueryRedisAsync(redis => redis.StringGetAsync(keys.ProjectionReport), cancellationToken);
            _projections = StateOf(report.IsNull ? null : (byte[])report!);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            _projections = Away;
        }
    }

    /// <summary>What a report says; null when there is none.</summary>
    public static string StateOf(byte[]? report)
    {
        try
        {
            return report is null ? Away : ProjectionReport.Parse(report).Stalled.Count > 0 ? Stalled : Up;
        }
        catch (JsonException)
        {
            // Of another build, which says something else in it.
            return Up;
        }
    }
}
