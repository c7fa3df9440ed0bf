using System.Diagnostics.Metrics;
using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Messaging;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>The processors of all claim queues. Its health check reports the queues that are not processed.</summary>
public sealed class ClaimShards : IHealthCheck, IAsyncDisposable
{
    /// <summary>A shard is stalled when a claim waits longer than this for its decision.</summary>
    public static readonly TimeSpan StallThreshold = TimeSpan.FromSeconds(30);

    private readonly List<ClaimShardProcessor> _shards;
    private readonly ILogger<ClaimsConsumer> _logger;
    private readonly TimeProvider _timeProvider;

    public ClaimShards(
        ClaimBatchHandler handler, OutcomeSender outcomes, TimeProvider timeProvider, ShardOptions options,
        IHostApplicationLifetime lifetime, ILogger<ClaimsConsumer> logger)
    {
        (_timeProvider, _logger) = (timeProvider, logger);
        _shards = [
            .. Enumerable.Range(0, options.Count).Select(
                _ => new ClaimShardProcessor(handler, outcomes, timeProvider, lifetime.ApplicationStopped))];
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_shard_oldest_undecided",
            () => _shards.Index().Select(shard => new Measurement<double>(
                shard.Item.OldestUndecided.TotalSeconds,
                new KeyValuePair<string, object?>("shard", shard.Index.ToString(CultureInfo.InvariantCulture)))),
            unit: "s",
            description: "How long the oldest claim that this worker holds waits for its decision, by shard");
    }

    /// <param name="declaresTopology">True to declare the queues, false only to consume them.</param>
    public void Configure(IRabbitMqBusFactoryConfigurator rabbit, bool declaresTopology)
    {
        foreach (var (number, shard) in _shards.Index())
        {
            var queue = BusNames.Shard(number);
            rabbit.ReceiveEndpoint(
                queue, endpoint => ClaimsConsumer.Configure(endpoint, shard, queue, _timeProvider, _logger, declaresTopology));
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stalled = _shards.Index().Where(shard => shard.Item.OldestUndecided > StallThreshold).Select(shard => shard.Index).ToList();
        return Task.FromResult(stalled.Count == 0
            ? HealthCheckResult.Healthy("every claim is decided in time")
            : HealthCheckResult.Degraded(
                $"no claim was decided for more than {StallThreshold.TotalSeconds:0} s on shard {string.Join(", ", stalled)}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shard in _shards)
        {
            await shard.DisposeAsync();
        }
    }
}
