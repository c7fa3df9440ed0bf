using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TreasureHunt.Platform.Messaging;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The start of a host while the broker is unavailable.</summary>
public sealed class BusStartSpecs
{
    [Fact]
    public void A_host_that_starts_without_the_broker_waits_for_it_without_a_limit()
    {
        using var services = new ServiceCollection()
            .AddBus(new ConfigurationBuilder().Build(), "amqp://hunt:secret@127.0.0.1:5672/hunt", _ => { }, (_, _) => { })
            .BuildServiceProvider();

        Assert.Null(services.GetRequiredService<IOptions<MassTransitHostOptions>>().Value.StartTimeout);
    }
}
