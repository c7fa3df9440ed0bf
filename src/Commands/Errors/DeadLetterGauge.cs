using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Errors;

/// <summary>Counts the dead letters of each queue now and then, for a metric; those that the broker itself has moved are among them.</summary>
public sealed class DeadLetterGauge(DeadLetterQueues queues, TimeProvider timeProvider) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<(string Queue, long Count)> _counts = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_dead_letters_waiting",
            () => _counts.Select(queue => new Measurement<long>(queue.Count, new KeyValuePair<string, object?>("queue", queue.Queue))),
            description: "Messages in a dead-letter queue, by queue");
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _counts = await queues.CountAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is BrokerUnavailableException or OperationCanceledException)
            {
                // Not known is no measurement.
                _counts = [];
            }
        }
    }
}
