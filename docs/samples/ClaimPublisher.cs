using System.Text.Json;
using RabbitMQ.Client;

namespace TreasureHunt.Samples;

/// <summary>Publishes claims to the broker, as a storefront that does not use HTTP.</summary>
/// <param name="broker">The address of the broker, with the storefront's user, such as <c>storefront-shop</c>.</param>
public sealed class ClaimPublisher(Uri broker)
{
    private readonly ConnectionFactory _broker = new() { Uri = broker };

    /// <summary>Ends when the broker has confirmed the message. A message that is published again with the same key is the same claim.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">The broker has refused the message, or no queue took it.</exception>
    public async Task PublishAsync(string playerId, string treasureId, string key, string? proof, CancellationToken cancellationToken)
    {
        await using var connection = await _broker.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        var properties = new BasicProperties
        {
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            // The broker checks that this is the user of the connection. The Api looks up the storefront by it.
            UserId = _broker.UserName,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(new { treasureId, playerId, key, proof });
        await channel.BasicPublishAsync("treasure-hunt.claims", routingKey: "", mandatory: true, properties, body, cancellationToken);
    }
}
