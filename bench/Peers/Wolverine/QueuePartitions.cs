using JasperFx;
using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;
using Wolverine;
using Wolverine.Configuration;
using Wolverine.ErrorHandling;
using Wolverine.RabbitMQ;
using Wolverine.RabbitMQ.Internal;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>
/// Wolverine's settings for "partitioned sequential messaging", chosen from its documentation for this load.
/// <list type="bullet">
/// <item>Global partitioning over sharded queues. Each queue has one owner in the cluster, so two workers never race for a
/// stream, and nothing is lost to conflicts or locks.</item>
/// <item>Native acknowledgements rather than its durable inbox: a message stays with the quorum queue until it is handled.
/// The inbox would insert and update a row for each claim. Repeated claims are detected without it.</item>
/// <item>Four queues, so that workers share them, with nine lanes each, the maximum: up to 36 treasures at a time.</item>
/// </list>
/// Two more settings of the documentation do not fit this load:
/// <list type="bullet">
/// <item><c>BatchMessagesOf</c>: the documentation requires the durable inbox for it, because with other listeners a message is
/// acknowledged before its batch has been handled. A batch is handled as one message, but each claim needs its own response.</item>
/// <item><c>CacheAggregatesForWriting</c>: with inline snapshots Marten keeps the fetched instance and expects that the commit has applied
/// the events to it. <see cref="Streams.StreamTreasure"/> is immutable: the kept instance would be older than its version.</item>
/// </list>
/// </summary>
internal static class QueuePartitions
{
    /// <summary>Wolverine numbers the queues from 1.</summary>
    public const string Queue = "bench-wolverine-claims-";

    private const int Queues = 4;

    private const PartitionSlots Lanes = PartitionSlots.Nine;

    /// <summary>
    /// Unacknowledged messages of all lanes of a queue: a popular treasure must not fill the window alone. The default is 18.
    /// </summary>
    private const ushort Prefetch = 200;

    /// <summary>
    /// The queue of a treasure's claims. Wolverine chooses the queue of a message only when the sender expects no response. A request must
    /// name its queue.
    /// </summary>
    public static Uri QueueOf(string treasureId) => new($"rabbitmq://queue/{Queue}{Ids.ShardOf(treasureId, Queues) + 1}");

    /// <summary>A process that handles claims.</summary>
    public static void ConfigureWorker(WolverineOptions options, IConfiguration configuration)
    {
        // Nodes learn the owner of each queue from the broker, soon after a start, instead of polling the database.
        Connect(options, configuration).EnableWolverineControlQueues();
        options.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(5);
        options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(DecideClaimHandler));
        options.MessagePartitioning.ByMessage<DecideClaim>(claim => claim.TreasureId).GlobalPartitioned(topology =>
        {
            topology.Message<DecideClaim>();
            // This comes first. Otherwise each queue gets a local queue that takes over its messages.
            topology.ProcessInParallelWithNativeAcks();
            topology.UseShardedRabbitQueues(Queue, Queues, queues =>
            {
                queues.MaxDegreeOfParallelism = Lanes;
                queues.ConfigureListening(listener => listener.PreFetchCount(Prefetch));
            });
        });
        // A caller of a claim that fails for good gets the failure at once.
        options.EnableAutomaticFailureAcks = true;
        // While a queue changes its owner, both may hold a message of the same treasure.
        options.OnException<ConcurrencyException>().RetryWithCooldown(
            TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(250));
    }

    /// <summary>A process that sends claims and waits for their outcomes.</summary>
    public static void ConfigureFront(WolverineOptions options, IConfiguration configuration)
    {
        var rabbit = Connect(options, configuration);
        foreach (var number in Enumerable.Range(1, Queues))
        {
            rabbit.DeclareQueue($"{Queue}{number}", queue => queue.QueueType = QueueType.quorum);
        }

        options.Discovery.DisableConventionalDiscovery();
        options.Durability.Mode = DurabilityMode.Solo;
    }

    private static RabbitMqTransportExpression Connect(WolverineOptions options, IConfiguration configuration)
    {
        options.Policies.MessageExecutionLogLevel(LogLevel.None);
        options.Policies.MessageSuccessLogLevel(LogLevel.None);
        return options.UseRabbitMq(new Uri(configuration.Required("RabbitMq", "the bus")))
            .AutoProvision()
            .UseQuorumQueues()
            .ConfigureChannelCreation(
                channel => channel.PublisherConfirmationsEnabled = channel.PublisherConfirmationTrackingEnabled = true);
    }
}
