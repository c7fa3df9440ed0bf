using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using MassTransit.Middleware;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// Dead letters: messages that cannot be processed. Each queue has one dead-letter queue, <see cref="BusNames.DeadLetters"/>. The host
/// moves a message there when it is malformed or cannot be decided, and the broker when it was delivered <see cref="DeliveryLimit"/> times.
/// </summary>
public static partial class DeadLetters
{
    /// <summary>
    /// Deliveries of one message that end with a lost channel. High, because each worker that is killed counts as one for every message
    /// that it holds: a crash loop must lose nothing. RabbitMQ 4 takes 20 when it is not set, and drops the message where there is no
    /// dead-letter exchange.
    /// </summary>
    public const int DeliveryLimit = 100;

    /// <summary>Of a dead-letter queue itself: looking at a message counts as a delivery. RabbitMQ 3.10 knows no word for "none".</summary>
    private const int NoDeliveryLimit = 1_000_000_000;

    private static readonly Counter<long> Moved = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_dead_letters", description: "Messages that this process moved to a dead-letter queue, by queue");

    /// <summary>
    /// Declares the queue as a quorum queue with a delivery limit and a dead-letter queue, and moves every message there that a consumer
    /// cannot process.
    /// </summary>
    public static void UseDeadLetters(this IRabbitMqReceiveEndpointConfigurator endpoint, string queue, ILogger logger)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        // The broker itself must not lose a message on its way to the dead-letter queue; at-least-once needs this overflow rule.
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.BindDeadLetterQueue(BusNames.DeadLetters(queue), BusNames.DeadLetters(queue), Declare);

        // A message type that no consumer takes is a dead letter as well, and not one of a queue of its own.
        endpoint.ThrowOnSkippedMessages();
        // Without MassTransit's fault filter: it would send the failure to an address that the sender chose.
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseExecuteAsync(async context =>
            {
                Count(queue);
                LogMoved(logger, context.Exception, queue, Activity.Current?.TraceId.ToString());
                if (!context.IsFaulted)
                {
                    // A message that cannot be read reaches no consumer. It counts as processed only when it is marked here; else it would
                    // be returned to the queue.
                    await context.NotifyFaulted(context.Exception);
                }
            });
            pipe.UseFilter(new ErrorTransportFilter());
        });
    }

    /// <summary>
    /// Lets MassTransit declare the dead-letter queues with the same arguments as <see cref="UseDeadLetters"/>; by default they inherit
    /// those of the queue.
    /// </summary>
    public static void DeclareDeadLetters(
        this IRabbitMqBusFactoryConfigurator rabbit) => rabbit.SendTopology.ConfigureErrorSettings = queue =>
    {
        // Temporary queues have none: what they cannot process is discarded.
        if (queue is QueueBindingConfigurator { Durable: true, AutoDelete: false } declared)
        {
            declared.QueueArguments.Clear();
            Declare(queue);
        }
    };

    /// <summary>Counts a message that was moved to a dead-letter queue.</summary>
    public static void Count(string queue) => Moved.Add(1, new KeyValuePair<string, object?>("queue", queue));

    private static void Declare(IRabbitMqQueueConfigurator queue)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", NoDeliveryLimit);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of {Queue} cannot be processed; it goes to the dead-letter queue. Trace {TraceId}")]
    private static partial void LogMoved(ILogger logger, Exception exception, string queue, string? traceId);
}
