using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Projections.Health;

/// <summary>How full each node of the read-model cluster is. A full node refuses writes, and then the read models stand still.</summary>
public sealed partial class RedisMemory : BackgroundService, IHealthCheck
{
    /// <summary>Beyond this part of its memory a node is about to be full: a replay needs room for a second generation.</summary>
    private const double WarningRatio = 0.7;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(10);

    private readonly ReadModelRedis _redis;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<RedisMemory> _logger;
    private volatile IReadOnlyDictionary<string, double> _used = new Dictionary<string, double>();

    public RedisMemory(ReadModelRedis redis, TimeProvider timeProvider, ILogger<RedisMemory> logger)
    {
        (_redis, _timeProvider, _logger) = (redis, timeProvider, logger);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_redis_used_ratio",
            () => _used.Select(node => new Measurement<double>(node.Value, new KeyValuePair<string, object?>("node", node.Key))),
            description: "Used part of the memory that a node of the read-model cluster may take (maxmemory)");
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var full = _used.Where(node => node.Value > WarningRatio).ToList();
        return Task.FromResult(full.Count == 0
            ? HealthCheckResult.Healthy($"{_used.Count} nodes have room")
            : HealthCheckResult.Degraded(
                string.Join(
                    ", ", full.Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Key} is {node.Value:P0} full")))));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isRead = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _used = await PollAsync().WaitAsync(stoppingToken);
                isRead = true;
            }
#pragma warning disable CA1031 // Nothing here may end the host.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                // Once for each outage.
                if (isRead)
                {
                    NotRead(exception);
                }

                isRead = false;
            }

            await Task.Delay(PollInterval, _timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyDictionary<string, double>> PollAsync()
    {
        var used = new Dictionary<string, double>();
        foreach (var node in _redis.Primaries)
        {
            var memory = (await node.InfoAsync("memory")).SelectMany(section => section).ToDictionary();
            // A node without a limit is never full by its own measure.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The used memory of the read-model cluster could not be read; the last figures stand")]
    private partial void NotRead(Exception exception);
}
