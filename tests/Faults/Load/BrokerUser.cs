using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>Publishes messages with the permissions of a user of the broker.</summary>
internal sealed class BrokerUser : IAsyncDisposable
{
    private readonly IConnection _connection;
    private IChannel? _channel;

    private BrokerUser(IConnection connection) => _connection = connection;

    /// <summary>Whether the broker has a user for each role. Without them there is one user with all permissions.</summary>
    public static bool AreConfigured => Environment.GetEnvironmentVariable(Variable("api")) is { Length: > 0 };

    /// <param name="name">A user of deploy/rabbitmq/definitions.json.</param>
    public static async Task<BrokerUser> Connect(string name)
    {
        var address = AreConfigured ? new Uri(ServerAddresses.Setting(Variable(name))) : ServerAddresses.Broker;
        return new BrokerUser(await new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync());
    }

    /// <summary>Publishes a message and waits for the broker's confirm.</summary>
    /// <returns>False when the broker rejected it: the user has no permission, or no queue is bound.</returns>
    public async Task<bool> Publish(HostileMessage message)
    {
        try
        {
            _channel = _channel is { IsOpen: true }
                ? _channel
                : await _connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
            var properties = new BasicProperties { ContentType = message.ContentType, DeliveryMode = DeliveryModes.Persistent };
            if (message.Headers.Count > 0)
            {
                properties.Headers = new Dictionary<string, object?>(message.Headers);
            }

            await _channel.BasicPublishAsync(message.Exchange, "", mandatory: true, properties, message.Body);
            return true;
        }
        catch (Exception exception) when (exception is PublishException or AlreadyClosedException or OperationInterruptedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private static string Variable(string user) => $"HUNT_RABBITMQ_{user.Replace('-', '_').ToUpperInvariant()}";
}
