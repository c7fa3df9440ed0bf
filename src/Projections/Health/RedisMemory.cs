using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Health;

/// <summary>
/// Monitors the used memory of each node of the read-model cluster. A full node refuses writes, and then the read models make no
/// progress.
/// </summary>
public sealed class RedisMemory : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    private readonly ReadModelRedis _redis;
    private readonly double _threshold;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<RedisMemory> _logger;
    private volatile IReadOnlyDictionary<string, double> _used = new Dictionary<string, double>();

    public RedisMemory(ReadModelRedis redis, ProjectionOptions options, TimeProvider timeProvider, ILogger<RedisMemory> logger)
    {
        (_redis, _threshold, _timeProvider, _logger) = (redis, options.RedisMemoryThreshold, timeProvider, logger);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_redis_used_ratio",
            () => _used.Select(node => new Measurement<double>(node.Value, new KeyValuePair<string, object?>("node", node.Key))),
            description: "Used part of the memory limit (maxmemory) of a node of the read-model cluster");
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var full = _used.Where(node => node.Value > _threshold).ToList();
        return Task.FromResult(full.Count == 0
            ? HealthCheckResult.Healthy($"{_used.Count} nodes have free memory")
            : HealthCheckResult.Degraded(
                string.Join(
                    ", ", full.Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Key} is {node.Value:P0} full")))));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wasRead = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _used = await ReadUsedRatiosAsync().WaitAsync(stoppingToken);
                wasRead = true;
            }
#pragma warning disable CA1031 // A failure to monitor must not end the host.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Logged once for each outage.
                if (wasRead)
                {
                    _logger.RedisMemoryNotRead(exception);
                }

                wasRead = false;
            }

            await Task.Delay(PollInterval, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyDictionary<string, double>> ReadUsedRatiosAsync()
    {
        var used = new Dictionary<string, double>();
        foreach (var node in _redis.Primaries)
        {
            var memory = (await node.InfoAsync("memory")).SelectMany(section => section).ToDictionary();
            // A node without a memory limit has no ratio.
            if (Number(memory, "maxmemory") is > 0 and var limit)
            {
                used[node.EndPoint.ToString()!] = Number(memory, "used_memory") / limit;
            }
        }

        return used;
    }

    private static double Number(Dictionary<string, string> memory, string name) =>
        memory.TryGetValue(name, out var text) && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 0;
}
