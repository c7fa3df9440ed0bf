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

    /// <summary>Adds the <see cref="BrokerAddress"/> and its <see cref="RabbitMqOptions"/>.</summary>
    /// <param name="connectionString">See <see cref="ConnectionOptions.RabbitMq"/>.</param>
    /// <exception cref="SettingException">The address cannot be used.</exception>
    public static BrokerAddress AddBrokerAddress(
        this IServiceCollection services, IConfiguration configuration, string connectionString)
    {
        var options = services.AddSettings<RabbitMqOptions>(configuration, "RabbitMq");
        var broker = new BrokerAddress(connectionString, options);
        services.AddSingleton(broker);
        return broker;
    }

    /// <summary>Adds the bus, with the consumers and endpoints of one host.</summary>
    public static IServiceCollection AddBus(
        this IServiceCollection services,
        IConfiguration configuration,
        string connectionString,
        Action<IBusRegistrationConfigurator> consumers,
        Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> endpoints)
    {
        var broker = services.AddBrokerAddress(configuration, connectionString);

        services.AddMassTransit(bus =>
        {
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
        // No start timeout: after a timeout the bus does not connect when the broker is available again.
        services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(20));
        return services;
    }

    /// <summary>
    /// Declares the exchanges, queues and bindings of a bus with <c>DeployTopologyOnly</c>, and does nothing else.
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
                $"The broker's user '{services.GetRequiredService<BrokerAddress>().User}' could not declare the queues: "
                + exception.GetBaseException().Message);
            return 1;
        }

        Console.WriteLine("The queues are declared.");
        return 0;
    }

    /// <summary>
    /// Does not wait for the confirmation of a message, and drops it when its receiver no longer exists, such as an answer to a client that
    /// has disconnected.
    /// </summary>
    public static void AllowLoss(this SendContext message)
    {
        if (message.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            (rabbit.Mandatory, rabbit.AwaitAck) = (false, false);
        }
    }

    // Otherwise the broker confirms an unroutable message and drops it. Faults may be dropped: if they were mandatory, a malformed message
    // would be redelivered forever instead of going to the dead-letter queue.
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
        // By default MassTransit accepts any certificate.
        tls.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch
            | SslPolicyErrors.RemoteCertificateNotAvailable);
    }
}
