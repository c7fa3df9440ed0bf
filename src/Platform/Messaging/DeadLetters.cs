using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using MassTransit.Middleware.Rescue;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.Transports;
using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// Dead letters: messages that cannot be processed. Each queue has a dead-letter queue, <see cref="BusNames.DeadLetters"/>. The host moves
/// malformed messages and messages that cannot be decided; the broker moves messages after <see cref="DeliveryLimit"/> deliveries.
/// </summary>
public static class DeadLetters
{
    /// <summary>
    /// Deliveries of one message that end with a lost channel. It is high, because each crash of a worker counts for every message that it
    /// holds: a crash loop must not lose messages. The default of RabbitMQ 4 is 20, and without a dead-letter exchange the message is lost.
    /// </summary>
    public const int DeliveryLimit = 100;

    /// <summary>For dead-letter queues: each read of a message counts as a delivery. RabbitMQ 3.10 has no value for "unlimited".</summary>
    private const int NoDeliveryLimit = 1_000_000_000;

    private static readonly Counter<long> Moved = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_dead_letters", description: "Messages that this process moved to a dead-letter queue, by queue");

    /// <summary>
    /// Declares the queue as a quorum queue with a delivery limit and a dead-letter queue. Messages that a consumer cannot process go to
    /// the dead-letter queue.
    /// </summary>
    public static void UseDeadLetters(this IRabbitMqReceiveEndpointConfigurator endpoint, string queue, ILogger logger)
    {
        endpoint.SetQuorumQueue();
        endpoint.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        // The broker must not lose a message on the way to the dead-letter queue; at-least-once requires this overflow rule.
        endpoint.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        endpoint.SetQueueArgument("x-overflow", "reject-publish");
        endpoint.BindDeadLetterQueue(BusNames.DeadLetters(queue), BusNames.DeadLetters(queue), Declare);

        // MassTransit's fault filter would send the failure to an address that the sender chooses.
        endpoint.PublishFaults = false;
        endpoint.ConfigureError(pipe => pipe.UseExecuteAsync(context => MoveAsync(context, queue, logger)));
        // By default it would go to another queue. An exception would return it to its queue, a hundred times.
        endpoint.ConfigureDeadLetter(pipe => pipe.UseExecuteAsync(context => MoveAsync(
            new RescueExceptionReceiveContext(
                context, new InvalidMessageException("No consumer of this queue takes a message of this type.")),
            queue, logger)));
    }

    /// <summary>
    /// MassTransit declares the dead-letter queues with the same arguments as <see cref="UseDeadLetters"/>; by default they inherit the
    /// arguments of the queue.
    /// </summary>
    public static void DeclareDeadLetters(
        this IRabbitMqBusFactoryConfigurator rabbit) => rabbit.SendTopology.ConfigureErrorSettings = queue =>
    {
        // Temporary queues have no dead-letter queue: their unprocessable messages are discarded.
        if (queue is QueueBindingConfigurator { Durable: true, AutoDelete: false } declared)
        {
            declared.QueueArguments.Clear();
            Declare(queue);
        }
    };

    /// <summary>Counts a message that was moved to a dead-letter queue.</summary>
    public static void CountMoved(string queue) => Moved.Add(1, new KeyValuePair<string, object?>("queue", queue));

    private static async Task MoveAsync(ExceptionReceiveContext context, string queue, ILogger logger)
    {
        CountMoved(queue);
        logger.DeadLetterMoved(context.Exception, queue, Activity.Current?.TraceId.ToString());
        if (!context.IsFaulted)
        {
            // An unreadable message reaches no consumer. Without this call it would return to the queue.
            await context.NotifyFaulted(context.Exception);
        }

        await context.GetPayload<IErrorTransport>().Send(context);
    }

    private static void Declare(IRabbitMqQueueConfigurator queue)
    {
        queue.SetQuorumQueue();
        queue.SetQueueArgument("x-delivery-limit", NoDeliveryLimit);
    }
}
