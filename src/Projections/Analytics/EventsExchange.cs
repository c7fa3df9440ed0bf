using RabbitMQ.Client;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Projections.Analytics;

/// <summary>
/// The exchange that carries the facts, with the stream behind it. It connects when there is something to say, and anew
/// after whatever went wrong: the broker may be away when this host starts, and come back as another.
/// </summary>
public sealed partial class EventsExchange(
    BrokerAddress address, TimeProvider timeProvider, ILogger<EventsExchange> logger) : IAsyncDisposable
{
    /// <summary>After this long without the broker's word a message counts as lost.</summary>
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    // A policy can make the stream shorter, but not longer: of the two, the broker takes the smaller.
    private static readonly Dictionary<string, object?> Stream = new()
    {
        ["x-queue-type"] = "stream",
        ["x-max-age"] = "7D",
        ["x-max-length-bytes"] = 4_000_000_000,
    };

    private static readonly BasicProperties Properties =
        new() { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent };

    private readonly ConnectionFactory _broker = address.CreateConnectionFactory("treasure-hunt-projections");

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Ends when the stream has the message; fails when that is not known within ten seconds.</summary>
    public async Task PublishAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(ConfirmTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var channel = _channel is { IsOpen: true } ? _channel : await ConnectAsync(either.Token);
            // Mandatory: a stream that somebody deleted is declared again, instead of losing what it should hold.
            await channel.BasicPublishAsync(BusNames.Events, "", mandatory: true, Properties, envelope, either.Token).AsTask().WaitAsync(
                either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogLost(exception.Message);
            await DisconnectAsync();
            // Never as a cancellation, which would pass for the end of this host.
            throw new IOException("The broker does not confirm.", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync();
        _turn.Dispose();
    }

    private async Task<IChannel> ConnectAsync(CancellationToken cancellationToken)
    {
        await DisconnectAsync();
        _connection = await _broker.CreateConnectionAsync(cancellationToken);
        _channel = await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await _channel.ExchangeDeclareAsync(BusNames.Events, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        await _channel.QueueDeclareAsync(
            BusNames.EventsLog, durable: true, exclusive: false, autoDelete: false, Stream, cancellationToken: cancellationToken);
        await _channel.QueueBindAsync(BusNames.EventsLog, BusNames.Events, "", cancellationToken: cancellationToken);
        return _channel;
    }

    private async Task DisconnectAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        (_connection, _channel) = (null, null);
        // A broker that is silent does not say goodbye either.
        await connection.AbortAsync(CloseTimeout);
        await connection.DisposeAsync();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Facts for analytics are not confirmed and will be sent again, over a new connection: {Reason}")]
    private partial void LogLost(string reason);
}
