using RabbitMQ.Client;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Projections.Analytics;

/// <summary>
/// The exchange of the events for analytics, with its stream. It connects at the first message and again after each failure: the
/// broker may be away when this host starts, and return without the exchange.
/// </summary>
public sealed class EventsExchange(
    BrokerAddress address, TimeProvider timeProvider, ILogger<EventsExchange> logger) : IAsyncDisposable
{
    /// <summary>A message that the broker does not confirm within this time is sent again.</summary>
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    // A policy of the broker can lower these limits, but not raise them: the smaller value applies.
    private static readonly Dictionary<string, object?> StreamArguments = new()
    {
        ["x-queue-type"] = "stream",
        ["x-max-age"] = "7D",
        ["x-max-length-bytes"] = 4_000_000_000,
    };

    private static readonly BasicProperties MessageProperties =
        new() { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent };

    private readonly ConnectionFactory _broker = address.CreateConnectionFactory("treasure-hunt-projections");

    private readonly SemaphoreSlim _lock = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Publishes a message and waits until the broker confirms it.</summary>
    /// <exception cref="IOException">The broker did not confirm it in time. The stream may have it nevertheless.</exception>
    public async Task PublishEnvelopeAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ConfirmTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await _lock.WaitAsync(cancellationToken);
        try
        {
            var channel = _channel is { IsOpen: true } ? _channel : await ConnectAsync(linked.Token);
            // Mandatory: without a stream the publication fails, and the next one declares the stream again.
            await channel.BasicPublishAsync(BusNames.Events, "", mandatory: true, MessageProperties, envelope, linked.Token).AsTask()
                .WaitAsync(linked.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            logger.EnvelopeNotConfirmed(exception.Message);
            await DisconnectAsync();
            // Not as a cancellation, which would look like the end of this host.
            throw new IOException("The broker does not confirm a message.", exception);
        }
        finally
        {
            _lock.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _lock.Dispose();
    }

    private async Task<IChannel> ConnectAsync(CancellationToken cancellationToken)
    {
        await DisconnectAsync();
        _connection = await _broker.CreateConnectionAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await _channel.ExchangeDeclareAsync(BusNames.Events, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await _channel.QueueDeclareAsync(
            BusNames.EventsStream, durable: true, exclusive: false, autoDelete: false, StreamArguments,
            cancellationToken: cancellationToken);
        await _channel.QueueBindAsync(BusNames.EventsStream, BusNames.Events, "", cancellationToken: cancellationToken);
        return _channel;
    }

    private async Task DisconnectAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        (_connection, _channel) = (null, null);
        // Abort does not wait for a broker that does not answer.
        await connection.AbortAsync(CloseTimeout);
        await connection.DisposeAsync();
    }
}
