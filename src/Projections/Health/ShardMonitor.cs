using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Analytics;
using TreasureHunt.Projections.LeaderElection;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Health;

/// <summary>
/// Polls the head of the event store and the position of each shard, whether this worker leads or not, for the health check and the
/// metrics. The leader writes a report for the Apis to Redis.
/// </summary>
public sealed class ShardMonitor : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>A new leader runs the projections within this time after the old lease has ended; later is a fault.</summary>
    private static readonly TimeSpan TakeoverTimeout = TimeSpan.FromSeconds(11);

    private readonly IReadOnlyList<LiveReadModel> _live;
    private readonly EventReader _eventFeed;
    private readonly LeaderElectionService _leaderElection;
    private readonly LeaderLock _leaderLock;
    private readonly ReadModelRedis _redis;
    private readonly ReadModelKeys _keys;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _stallThreshold;
    private readonly TimeSpan _leaderlessThreshold;
    private readonly long _startedAt;
    private volatile ShardObservation _latest = new(0, new Dictionary<string, long>(), StallDetector.Empty, TimeSpan.Zero);

    public ShardMonitor(
        IEnumerable<LiveReadModel> live, EventReader eventFeed, LeaderElectionService leaderElection, LeaderLock leaderLock,
        ReadModelRedis redis, ReadModelKeys keys, ProjectionOptions projections, LeaderElectionOptions election,
        TimeProvider timeProvider)
    {
        (_live, _eventFeed, _redis, _keys, _timeProvider) = ([.. live], eventFeed, redis, keys, timeProvider);
        (_leaderElection, _leaderLock) = (leaderElection, leaderLock);
        (_stallThreshold, _leaderlessThreshold) = (projections.StallThreshold, election.LeaseDuration + TakeoverTimeout);
        _startedAt = timeProvider.GetTimestamp();
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_leader", () => _leaderElection.IsLeader ? 1 : 0, description: "1 while this worker runs the projections");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_log_head", () => _latest.Head, description: "The last sequence of the event store");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_projection_sequence",
            () => ReadModels.Select(
                model =>
                    new Measurement<long>(
                        _latest.Positions.GetValueOrDefault(model.Shard), new KeyValuePair<string, object?>("readmodel", model.Name))),
            description: "The last sequence that a read model, or analytics, has processed");
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_projection_stalled_seconds",
            () => Shards.Select(
                shard =>
                    new Measurement<double>(
                        _latest.Shards.StalledFor(shard, Now).TotalSeconds, new KeyValuePair<string, object?>("shard", shard))),
            unit: "s",
            description: "How long a shard has made no progress although it is behind the head of the event store");
    }

    private IEnumerable<(string Name, string Shard)> ReadModels =>
        _live.Select(model => (model.Definition.Name, model.Definition.Shard)).Append(
            (AnalyticsSubscription.Name, $"{AnalyticsSubscription.Name}:All"));

    private IEnumerable<string> Shards => ReadModels.Select(model => model.Shard).Distinct();

    private TimeSpan Now => _timeProvider.GetElapsedTime(_startedAt);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (latest, now) = (_latest, Now);
        var stalled = latest.Shards.StalledShards(now, _stallThreshold);
        return Task.FromResult(
            stalled.Count > 0
                ? HealthCheckResult.Degraded(
                    string.Join(", ", stalled.Select(shard => $"{shard.Key} has made no progress for {shard.Value.TotalSeconds:0} s")))
            : now - latest.LedAt > _leaderlessThreshold
                ? HealthCheckResult.Degraded($"no worker has run the projections for {(now - latest.LedAt).TotalSeconds:0} s")
            : HealthCheckResult.Healthy(_leaderElection.IsLeader ? "this worker leads" : "another worker leads"));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PollAsync(stoppingToken);
            }
#pragma warning disable CA1031 // PostgreSQL and Redis have health checks of their own. A failure to monitor must not end the host.
            catch (Exception)
#pragma warning restore CA1031
            {
                // Without PostgreSQL no shard makes progress, so the last observation stays correct.
            }

            await Task.Delay(PollInterval, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        // Positions are read first, so that no shard counts as behind a head that appeared later.
        var progress = await _eventFeed.ProgressAsync(cancellationToken);
        var head = await _eventFeed.HeadAsync(cancellationToken);
        var hasLeader = _leaderElection.IsLeader || await _leaderLock.IsHeldAsync(cancellationToken);
        var now = Now;
        var positions = Shards.ToDictionary(shard => shard, shard => progress.GetValueOrDefault(shard));
        var previous = _latest;
        _latest = new ShardObservation(head, positions, previous.Shards.Observe(now, head, positions), hasLeader ? now : previous.LedAt);
        if (_leaderElection.IsLeader)
        {
            var stalled = _latest.Shards.StalledShards(now, _stallThreshold).Keys.Intersect(_live.Select(model => model.Definition.Shard));
            await _redis.Database.StringSetAsync(
                _keys.ProjectionReport, new ProjectionReport(head, [.. stalled]).ToBytes(), ProjectionReport.TimeToLive).WaitAsync(
                    cancellationToken);
        }
    }

    /// <param name="LedAt">When a worker last led.</param>
    private sealed record ShardObservation(long Head, IReadOnlyDictionary<string, long> Positions, StallDetector Shards, TimeSpan LedAt);
}
