using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.LeaderElection;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Health;

/// <summary>
/// Looks at the head of the event store and at the position of each shard, whether this worker leads or not. Health and metrics
/// tell what it sees; the leader tells the Apis in Redis.
/// </summary>
public sealed class ShardMonitor : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>After so long without a leader something is wrong: a new one takes over within a few seconds.</summary>
    private static readonly TimeSpan LeaderlessThreshold = TimeSpan.FromSeconds(15);

    private readonly IReadOnlyList<LiveReadModel> _live;
    private readonly EventFeedReader _log;
    private readonly LeaderElectionService _leadership;
    private readonly NpgsqlDataSource _postgres;
    private readonly ReadModelRedis _redis;
    private readonly ReadModelKeys _keys;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private volatile ShardObservation _latest = new(0, new Dictionary<string, long>(), StallDetector.Nothing, TimeSpan.Zero);

    public ShardMonitor(
        IEnumerable<LiveReadModel> live, EventFeedReader log, LeaderElectionService leadership, NpgsqlDataSource postgres,
        ReadModelRedis redis, ReadModelKeys keys, TimeProvider timeProvider)
    {
        (_live, _log, _leadership, _postgres, _redis, _keys, _timeProvider) = ([
            .. live], log, leadership, postgres, redis, keys, timeProvider);
        _started = timeProvider.GetTimestamp();
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_leader", () => _leadership.IsLeader ? 1 : 0, description: "1 while this worker runs the projections");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_log_head", () => _latest.Head, description: "The last sequence of the event store");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_projection_sequence",
            () => ReadModels.Select(
                model =>
                    new Measurement<long>(
                        _latest.Positions.GetValueOrDefault(model.Shard), new KeyValuePair<string, object?>("readmodel", model.Name))),
            description: "The sequence up to which a read model, or analytics, has come");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_projection_stalled_seconds",
            () => Shards.Select(
                shard =>
                    new Measurement<double>(
                        _latest.Shards.StalledFor(shard, Now).TotalSeconds, new KeyValuePair<string, object?>("shard", shard))),
            unit: "s",
            description: "For how long a shard has not moved although it is behind the head of the event store");
    }

    private IEnumerable<(string Name, string Shard)> ReadModels =>
        _live.Select(model => (model.Kind.Name, model.Kind.Shard)).Append(
            (AnalyticsSubscription.Shard, $"{AnalyticsSubscription.Shard}:All"));

    private IEnumerable<string> Shards => ReadModels.Select(model => model.Shard).Distinct();

    private TimeSpan Now => _timeProvider.GetElapsedTime(_started);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (look, now) = (_latest, Now);
        var stalled = look.Shards.Stalled(now);
        return Task.FromResult(
            stalled.Count > 0
                ? HealthCheckResult.Degraded(
                    string.Join(", ", stalled.Select(shard => $"{shard.Key} stands still for {shard.Value.TotalSeconds:0} s")))
            : now - look.LedAt > LeaderlessThreshold
                ? HealthCheckResult.Degraded($"no worker has run the projections for {(now - look.LedAt).TotalSeconds:0} s")
            : HealthCheckResult.Healthy(_leadership.IsLeader ? "this worker leads" : "another worker leads"));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PollAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Both servers have a health check of their own. Nothing here may end the host.
            catch (Exception)
#pragma warning restore CA1031
            {
                // Without PostgreSQL nothing moves: what was seen last stands.
            }

            await Task.Delay(PollInterval, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        // The positions come first: a shard is never taken to be behind a head that it could not know.
        var progress = await _log.ProgressAsync(cancellationToken);
        var head = await _log.HeadAsync(cancellationToken);
        var leads = _leadership.IsLeader || await _leadership.IsAnyoneLeadingAsync(_postgres, cancellationToken);
        var now = Now;
        var positions = Shards.ToDictionary(shard => shard, shard => progress.GetValueOrDefault(shard));
        var before = _latest;
        _latest = new ShardObservation(head, positions, before.Shards.After(now, head, positions), leads ? now : before.LedAt);
        if (_leadership.IsLeader)
        {
            var stalled = _latest.Shards.Stalled(now).Keys.Intersect(_live.Select(model => model.Kind.Shard));
            await _redis.Database.StringSetAsync(
                _keys.ProjectionReport, new ProjectionReport(head, [.. stalled]).ToBytes(), ProjectionReport.TimeToLive).WaitAsync(
                    cancellationToken);
        }
    }

    /// <param name="LedAt">When a worker was last seen to lead.</param>
    private sealed record ShardObservation(long Head, IReadOnlyDictionary<string, long> Positions, StallDetector Shards, TimeSpan LedAt);
}
