using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace TreasureHunt.Samples;

/// <summary>Publishes claims to the broker, as a storefront that does not use HTTP.</summary>
/// <param name="broker">The address of the broker, with the storefront's user, such as <c>storefront-shop</c>.</param>
public sealed class ClaimPublisher(Uri broker)
{
    private static readonly Guid ClaimNamespace = new("6f1c1f3a-7d0e-4f5b-9d53-0c7a4f2f8e11");

    private readonly ConnectionFactory _broker = new() { Uri = broker };

    /// <summary>The id of a claim: a UUID of version 5 (RFC 9562). <c>GET /v1/claims/{claimId}</c> shows the outcome.</summary>
    public static Guid ClaimId(string playerId, string treasureId, string key)
    {
        byte[] name =
        [
            .. ClaimNamespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes($"claim\n{playerId}\n{treasureId}\n{key}"),
        ];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5.
        var hash = SHA1.HashData(name);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>
    /// Ends when the broker has confirmed the message. A message that is published again with the same key is the same claim.
    /// </summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.PublishException">The broker has refused the message, or no queue took it.</exception>
    public Task PublishAsync(string playerId, string treasureId, string key, string? proof, CancellationToken cancellationToken) =>
        PublishAsync(JsonSerializer.SerializeToUtf8Bytes(new { treasureId, playerId, key, proof }), cancellationToken);

    /// <summary>Publishes 1 to 500 claims in one message, which costs much less than as many messages.</summary>
    /// <inheritdoc cref="PublishAsync(string, string, string, string?, CancellationToken)"/>
    public Task PublishAsync(
        IEnumerable<(string PlayerId, string TreasureId, string Key)> claims, CancellationToken cancellationToken) =>
        PublishAsync(
            JsonSerializer.SerializeToUtf8Bytes(
                new { claims = claims.Select(claim => new { claim.TreasureId, claim.PlayerId, claim.Key }) }, JsonSerializerOptions.Web),
            cancellationToken);

    private async Task PublishAsync(byte[] body, CancellationToken cancellationToken)
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
        await channel.BasicPublishAsync("treasure-hunt.claims", routingKey: "", mandatory: true, properties, body, cancellationToken);
    }
}
