using MassTransit;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Admission;

/// <summary>The queue on which workers answer this process. It goes away with it.</summary>
public sealed class OutcomeReplies(PendingOutcomes waiters)
{
    private readonly string _name = $"{BusNames.Outcomes}{Ids.Fresh():N}";

    /// <summary>Where answers go; null until the bus is configured.</summary>
    public Uri? Address { get; private set; }

    public void Configure(IRabbitMqBusFactoryConfigurator rabbit) => rabbit.ReceiveEndpoint(_name, endpoint =>
    {
        endpoint.AutoDelete = true;
        endpoint.Durable = false;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = 100;
        // A message that is no outcome would leave a queue behind that outlives this process.
        endpoint.PublishFaults = false;
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        endpoint.Instance(waiters);
        Address = new Uri($"{endpoint.InputAddress.GetLeftPart(UriPartial.Path)}?temporary=true");
    });
}
