using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;


namespace TreasureHunt.Platform.Messaging;

/// <summary>The message bus: MassTransit over RabbitMQ.</summary>
public static class BusRegistration
{
    private static readonly TimeSpan DeclarationTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Adds the <see cref="BrokerAddress"/>.</summary>
    /// <exception cref="SettingException">The address cannot be used.</exception>
    public static BrokerAddress AddBrokerAddress(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<RabbitMqOptions>(configuration, "RabbitMq");
        var broker = new BrokerAddress(configuration.Required("RabbitMq", "the bus"), options);
        services.AddSingleton(broker);
        return broker;
    }

    /// <summary>Adds the bus, with the consumers and endpoints of one host.</summary>
    public static IServiceCollection AddBus(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<IBusRegistrationConfigurator> consumers,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> endpoints)
    {
        var broker = services.AddBrokerAddress(configuration);

        services.AddMassTransit(bus =>
        {
            // What a shop runs is nobody else's business.
            bus.DisableUsageTelemetry();
            consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker.Host, (ushort)broker.Port, broker.VirtualHost, host =>
                {
                    host.Username(broker.User);
                    host.Password(broker.Password);
                    if (broker.UsesTls)
                    {
                        host.UseSsl(tls => broker.Configure(tls));
                    }

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

    /// <summary>
    /// Declares the exchanges, queues and bindings of a bus that is set to <c>DeployTopologyOnly</c>; for a program that does nothing else.
    /// </summary>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> DeclareTopologyAsync(this IServiceProvider services)
    {
        var bus = services.GetRequiredService<IBusControl>();
        try
        {
            await bus.StartAsync(DeclarationTimeout);
            await bus.StopAsync(DeclarationTimeout);
        }
        catch (Exception exception) when (exception is MassTransitException or OperationCanceledException or TimeoutException)
        {
            Console.Error.WriteLine(
                $"The queues could not be declared by the broker's user '{services.GetRequiredService<BrokerAddress>().User}': {exception.GetBaseException().Message}");
            return 1;
        }

        Console.WriteLine("The queues are declared.");
        return 0;
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

    private static void Configure(this BrokerAddress broker, IRabbitMqSslConfigurator tls)
    {
        tls.ServerName = broker.Host;
        tls.Protocol = SslProtocols.None;
        tls.CertificateValidationCallback = broker.CertificateValidation;
        // MassTransit by itself takes a certificate from anybody.
        tls.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable);
    }
}
