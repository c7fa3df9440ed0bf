using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>How a host is with a broker that is away.</summary>
public sealed class BusSpecs
{
    [Fact]
    public void A_host_that_starts_without_the_broker_waits_for_it_as_long_as_it_takes()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:RabbitMq", "amqp://hunt:secret@127.0.0.1:5672/hunt")])
            .Build();
        using var services = new ServiceCollection().AddBus(configuration, _ => { }, (_, _) => { }).BuildServiceProvider();

        Assert.Null(services.GetRequiredService<IOptions<MassTransitHostOptions>>().Value.StartTimeout);
    }
}
