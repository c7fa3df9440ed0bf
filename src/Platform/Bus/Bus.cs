using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Platform.Bus;

/// <summary>The message bus: MassTransit over RabbitMQ.</summary>
public static class Bus
{
    /// <summary>Adds the bus, with the consumers and endpoints of one host.</summary>
    public static IServiceCollection AddBus(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<IBusRegistrationConfigurator> consumers,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> endpoints)
    {
        var address = new Uri(configuration.Required("RabbitMq", "the bus"));
        var (user, password) = Credentials(address);

        services.AddMassTransit(bus =>
        {
            // What a shop runs is nobody else's business.
            bus.DisableUsageTelemetry();
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new UriBuilder("rabbitmq", address.Host, address.Port, address.AbsolutePath).Uri, host =>
                {
                    host.Username(user);
                    host.Password(password);
                    host.Heartbeat(TimeSpan.FromSeconds(10));
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
                });
                rabbit.ConfigureJsonSerializerOptions(json =>
                {
                    json.WriteIndented = false;
                    return json;
                });
                rabbit.DeclareDeadLetters();
                rabbit.ConfigureSend(send => send.UseExecute(message => message.RequireRoute()));
                endpoints(context, rabbit);
            });
        });
        // No limit to starting: a bus that has given up does not begin again when the broker is back.
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(20));
        return services;
    }

    /// <summary>Lets a message vanish when its receiver is gone; for answers that nobody may be waiting for any more.</summary>
    public static void AllowLoss(this SendContext message)
    {
        if (message.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = false;
        }
    }

    // Without it the broker confirms a message that no queue takes, and drops it. Faults may go unheard: if they had to be
    // heard, a malformed message would come back for ever instead of ending in the error queue.
    private static void RequireRoute(this SendContext message)
    {
        if (message is not (SendContext<Fault> or SendContext<ReceiveFault>) && message.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = true;
        }
    }

    private static (string User, string Password) Credentials(Uri address)
    {
        var parts = Uri.UnescapeDataString(address.UserInfo).Split(':', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : ("guest", "guest");
    }
}
