using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>
/// Measures the messages, consumers and dead letters of each queue of claims and commands, every 15 seconds. It includes dead letters that
/// the broker has moved.
/// </summary>
public sealed class QueueGauges(DeadLetterQueues queues, TimeProvider timeProvider, ILogger<QueueGauges> logger) : BackgroundService
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<QueueCount> _counts = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Create("treasurehunt_queue_messages", "Messages that wait in a queue, by queue", count => count.Messages);
        Create("treasurehunt_queue_consumers", "Consumers of a queue, by queue", count => count.Consumers);
        Create("treasurehunt_dead_letters_waiting", "Messages in a dead-letter queue, by queue", count => count.DeadLetters);
        var isMissing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(MeasureInterval, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _counts = await queues.CountAsync(stoppingToken);
                isMissing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // Missing metrics must not stop the host.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!isMissing)
                {
                    logger.QueuesNotCounted(exception);
                }

                // Unknown counts are not reported.
                (_counts, isMissing) = ([], true);
            }
        }
    }

    private void Create(string name, string description, Func<QueueCount, long> value) => HuntTelemetry.Meter.CreateObservableGauge(
        name,
        () => _counts.Select(count => new Measurement<long>(value(count), new KeyValuePair<string, object?>("queue", count.Queue))),
        description: description);
}
