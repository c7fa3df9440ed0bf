using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>
/// Counts the messages and consumers of each queue of claims and commands now and then, and its dead letters, for metrics; dead letters
/// that the broker itself has moved are among them.
/// </summary>
public sealed partial class QueueGauges(DeadLetterQueues queues, TimeProvider timeProvider, ILogger<QueueGauges> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<QueueCount> _counts = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Create("treasurehunt_queue_messages", "Messages that wait in a queue, by queue", count => count.Messages);
        Create("treasurehunt_queue_consumers", "Consumers of a queue, by queue", count => count.Consumers);
        Create("treasurehunt_dead_letters_waiting", "Messages in a dead-letter queue, by queue", count => count.DeadLetters);
        var isMissing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, timeProvider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _counts = await queues.CountAsync(stoppingToken);
                isMissing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // Metrics that are missing are no reason to end the host.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (!isMissing)
                {
                    LogNotCounted(exception);
                }

                // Not known is no measurement.
                (_counts, isMissing) = ([], true);
            }
        }
    }

    private void Create(string name, string description, Func<QueueCount, long> value) => HuntTelemetry.Meter.CreateObservableGauge(
        name,
        () => _counts.Select(count => new Measurement<long>(value(count), new KeyValuePair<string, object?>("queue", count.Queue))),
        description: description);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queues could not be counted; their metrics are missing until they can be")]
    private partial void LogNotCounted(Exception exception);
}
