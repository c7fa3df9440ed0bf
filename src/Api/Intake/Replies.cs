using MassTransit;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api;

/// <summary>The queue on which workers answer this process. It goes away with it.</summary>
public sealed class Replies(Waiters waiters)
{
    private readonly string _name = $"api-outcomes-{Ids.Fresh():N}";

    /// <summary>Where answers go; null until the bus is configured.</summary>
    public Uri? Address { get; private set; }

    public void Configure(IRabbitMqBusFactoryConfigurator rabbit) => rabbit.ReceiveEndpoint(_name, endpoint =>
    {
        endpoint.AutoDelete = true;
        endpoint.Durable = false;
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.PrefetchCount = 100;
        endpoint.Instance(waiters);
        Address = new Uri($"{endpoint.InputAddress.GetLeftPart(UriPartial.Path)}?temporary=true");
    });
}
