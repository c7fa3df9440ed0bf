using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>
/// Lists, retries and drops dead letters. It reads messages without acknowledging them and returns them with the end of the channel, so
/// that no message is lost.
/// </summary>
public sealed class DeadLetterQueues(BrokerAddress broker, ShardOptions shards, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>Maximum number of messages of a queue that one request inspects.</summary>
    public const int MaxInspected = 10_000;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReturnPollInterval = TimeSpan.FromMilliseconds(10);

    private readonly ConnectionFactory _broker = broker.CreateConnectionFactory("treasure-hunt-dead-letters");

    // One request at a time: another one would not see the messages that this one has read.
    private readonly SemaphoreSlim _lock = new(1, 1);
    private IConnection? _connection;

    /// <summary>The queues that have a dead-letter queue.</summary>
    public IReadOnlyList<string> Queues { get; } =
        [BusNames.ClaimIntakeQueue, BusNames.AdminQueue, .. Enumerable.Range(0, shards.Count).Select(BusNames.Shard)];

    /// <summary>Returns the number of dead letters and their reasons of every queue.</summary>
    public Task<List<DeadLetterCount>> ListAsync(CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var counts = new List<DeadLetterCount>();
            foreach (var queue in Queues)
            {
                var reasons = new Dictionary<string, int>();
                var count = await ForEachAsync(channel, queue, MaxInspected, (message, _) =>
                {
                    var reason = DeadLetter.Of(message).Reason;
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                    return Task.FromResult(DeadLetterAction.Return);
                }, token);
                counts.Add(new DeadLetterCount(queue, count, reasons));
            }

            return counts;
        },
        cancellationToken);

    /// <summary>Returns the number of messages, consumers and dead letters of every queue.</summary>
    public Task<List<QueueCount>> CountAsync(CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var counts = new List<QueueCount>();
            foreach (var queue in Queues)
            {
                var found = await channel.QueueDeclarePassiveAsync(queue, token);
                counts.Add(
                    new QueueCount(
                        queue, found.MessageCount, found.ConsumerCount,
                        await channel.MessageCountAsync(BusNames.DeadLetters(queue), token)));
            }

            return counts;
        },
        cancellationToken);

    /// <summary>Returns the first dead letters of a queue.</summary>
    public Task<List<DeadLetter>> ShowAsync(string queue, int count, CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var deadLetters = new List<DeadLetter>();
            await ForEachAsync(channel, queue, count, (message, _) =>
            {
                deadLetters.Add(DeadLetter.Of(message));
                return Task.FromResult(DeadLetterAction.Return);
            }, token);
            return deadLetters;
        },
        cancellationToken);

    /// <summary>
    /// Moves one dead letter, or all, back to its queue. It is removed from the dead-letter queue after the broker has confirmed the copy.
    /// After an interruption it can be in both queues. This is harmless, because claims and commands have ids and take effect once.
    /// </summary>
    /// <param name="id">Null for all current dead letters of the queue.</param>
    public Task<DeadLettersMoved> RetryAsync(string queue, string? id, CancellationToken cancellationToken) => TakeAsync(
        queue,
        id,
        async (channel, message, token) =>
        {
            var properties = new BasicProperties(message.BasicProperties)
            {
                Headers = DeadLetter.WithoutFailure(message.BasicProperties.Headers),
                DeliveryMode = DeliveryModes.Persistent,
            };
            await channel.BasicPublishAsync(queue, "", mandatory: true, properties, message.Body, token);
        },
        cancellationToken);

    /// <summary>Deletes one dead letter, or all.</summary>
    /// <param name="id">Null for all current dead letters of the queue.</param>
    public Task<DeadLettersMoved> DropAsync(string queue, string? id, CancellationToken cancellationToken) =>
        TakeAsync(queue, id, (_, _, _) => Task.CompletedTask, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _lock.Dispose();
    }

    private Task<DeadLettersMoved> TakeAsync(
        string queue, string? id, Func<IChannel, BasicGetResult, CancellationToken, Task> handle,
        CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var taken = 0;
            // A message that fails again returns during the loop, so only the initial number of messages is taken.
            await ForEachAsync(channel, queue, int.MaxValue, async (message, inner) =>
            {
                if (id is not null && DeadLetter.IdOf(message.BasicProperties.MessageId, message.Body.Span) != id)
                {
                    return DeadLetterAction.Return;
                }

                await handle(channel, message, inner);
                taken++;
                return id is null ? DeadLetterAction.Remove : DeadLetterAction.RemoveAndStop;
            }, token);
            return new DeadLettersMoved(queue, taken);
        },
        cancellationToken);

    private async Task<long> ForEachAsync(
        IChannel channel, string queue, int limit, Func<BasicGetResult, CancellationToken, Task<DeadLetterAction>> handle,
        CancellationToken cancellationToken)
    {
        var deadLetterQueue = BusNames.DeadLetters(queue);
        var count = await channel.MessageCountAsync(deadLetterQueue, cancellationToken);
        var (inspected, removed, action) = (0L, 0L, DeadLetterAction.Return);
        while (action != DeadLetterAction.RemoveAndStop && inspected < Math.Min(count, limit)
            && await channel.BasicGetAsync(deadLetterQueue, autoAck: false, cancellationToken) is { } message)
        {
            inspected++;
            action = await handle(message, cancellationToken);
            if (action != DeadLetterAction.Return)
            {
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                removed++;
            }
        }

        if (inspected > removed)
        {
            await channel.BasicNackAsync(0, multiple: true, requeue: true, cancellationToken);
            await WaitUntilReturnedAsync(channel, deadLetterQueue, count - removed, cancellationToken);
        }

        return count;
    }

    // The broker returns messages asynchronously; the next request must see them.
    private async Task WaitUntilReturnedAsync(IChannel channel, string deadLetterQueue, long expected, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        while (await channel.MessageCountAsync(deadLetterQueue, cancellationToken) < expected
            && timeProvider.GetElapsedTime(since) < ReturnTimeout)
        {
            await Task.Delay(ReturnPollInterval, timeProvider, cancellationToken);
        }
    }

    private async Task<T> WithChannelAsync<T>(Func<IChannel, CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(RequestTimeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await _lock.WaitAsync(linked.Token);
        try
        {
            _connection = _connection is { IsOpen: true } ? _connection : await _broker.CreateConnectionAsync(linked.Token);
            await using var channel = await _connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), linked.Token);
            return await action(channel, linked.Token);
        }
        catch (OperationInterruptedException exception)
        {
            throw new BrokerUnavailableException("The broker refused the request, or its connection ended.", exception);
        }
        catch (Exception exception)
            when (exception is BrokerUnreachableException or IOException or AlreadyClosedException or PublishException
            || (exception is OperationCanceledException && timeout.IsCancellationRequested))
        {
            throw new BrokerUnavailableException("The broker does not answer.", exception);
        }
        finally
        {
            _lock.Release();
        }
    }
}
