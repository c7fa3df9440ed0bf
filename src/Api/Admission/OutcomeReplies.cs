using MassTransit;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admission;

/// <summary>The queue for the replies of workers to this process. It is deleted when the process ends.</summary>
public sealed class OutcomeReplies(PendingOutcomes outcomes)
{
    private const int MaxUnacknowledgedMessages = 100;

    private readonly string _queue = $"{BusNames.ApiOutcomesPrefix}{Ids.Fresh():N}";

    /// <summary>The address for replies; null until the bus is configured.</summary>
    public Uri? Address { get; private set; }

    public void Configure(IRabbitMqBusFactoryConfigurator rabbit) => rabbit.ReceiveEndpoint(_queue, endpoint =>
    {
        endpoint.AutoDelete = true;
        endpoint.Durable = false;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = MaxUnacknowledgedMessages;
        // A message that is not an outcome would otherwise create a queue for faults that outlives this process.
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        endpoint.Instance(outcomes);
        Address = new Uri($"{endpoint.InputAddress.GetLeftPart(UriPartial.Path)}?temporary=true");
    });
}
