using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>A queue with its dead letters.</summary>
/// <param name="Reasons">
/// How many of those looked at have which reason; at most the first <see cref="DeadLetterQueues.MaxLooked"/> are.
/// </param>
public sealed record DeadLetterCount(string Queue, long Count, IReadOnlyDictionary<string, int> Reasons);

/// <summary>What is in a queue and in its dead-letter queue.</summary>
/// <param name="Messages">Those that wait; those that a consumer has and has not acknowledged are not counted.</param>
public sealed record QueueCount(string Queue, long Messages, long Consumers, long DeadLetters);

/// <summary>How many messages were moved or dropped.</summary>
public sealed record DeadLettersMoved(string Queue, int Count);

/// <summary>
/// Looks at dead letters, moves them back and drops them. A message that is looked at is taken without acknowledgement and returned with
/// the end of the channel, so that it is never lost.
/// </summary>
public sealed class DeadLetterQueues(BrokerAddress broker, ShardOptions shards, TimeProvider timeProvider) : IAsyncDisposable
{
    /// <summary>Messages of one queue that one request looks at.</summary>
    public const int MaxLooked = 10_000;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReturnTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ReturnPoll = TimeSpan.FromMilliseconds(10);

    /// <summary>What happens to a message that was looked at.</summary>
    private enum DeadLetterStep
    {
        Return,
        Remove,
        RemoveAndStop,
    }

    private readonly ConnectionFactory _broker = broker.CreateConnectionFactory("treasure-hunt-dead-letters");

    // One at a time: another request would not see the messages that this one has taken.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IConnection? _connection;

    /// <summary>The queues that have a dead-letter queue.</summary>
    public IReadOnlyList<string> Queues { get; } =
        [BusNames.ClaimIntakeQueue, BusNames.Admin, .. Enumerable.Range(0, shards.Count).Select(BusNames.Shard)];

    /// <summary>Every queue with the number of its dead letters and their reasons.</summary>
    public Task<List<DeadLetterCount>> ListAsync(CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var counts = new List<DeadLetterCount>();
            foreach (var queue in Queues)
            {
                var reasons = new Dictionary<string, int>();
                var count = await ForEachAsync(channel, queue, MaxLooked, (message, _) =>
                {
                    var reason = DeadLetter.Of(message).Reason;
                    reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
                    return Task.FromResult(DeadLetterStep.Return);
                }, token);
                counts.Add(new DeadLetterCount(queue, count, reasons));
            }

            return counts;
        },
        cancellationToken);

    /// <summary>How many messages, consumers and dead letters each queue has.</summary>
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

    /// <summary>The first dead letters of a queue.</summary>
    public Task<List<DeadLetter>> ShowAsync(string queue, int count, CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var letters = new List<DeadLetter>();
            await ForEachAsync(channel, queue, count, (message, _) =>
            {
                letters.Add(DeadLetter.Of(message));
                return Task.FromResult(DeadLetterStep.Return);
            }, token);
            return letters;
        },
        cancellationToken);

    /// <summary>
    /// Moves one dead letter, or all, back to its queue. It leaves the dead-letter queue once the broker has confirmed it in the other:
    /// after an interruption it can be in both, which harms nothing, because claims and commands have ids and count once.
    /// </summary>
    /// <param name="id">Null for all that are there now.</param>
    public Task<DeadLettersMoved> RetryAsync(string queue, string? id, CancellationToken cancellationToken) => TakeAsync(
        queue,
        id,
        async (channel, message, token) =>
        {
            var properties = new BasicProperties(
                message.BasicProperties)
            {
                Headers = DeadLetter.WithoutFailure(
                    message.BasicProperties.Headers),
                DeliveryMode = DeliveryModes.Persistent
            };
            await channel.BasicPublishAsync(queue, "", mandatory: true, properties, message.Body, token);
        },
        cancellationToken);

    /// <summary>Deletes one dead letter, or all.</summary>
    /// <param name="id">Null for all that are there now.</param>
    public Task<DeadLettersMoved> DropAsync(string queue, string? id, CancellationToken cancellationToken) =>
        TakeAsync(queue, id, (_, _, _) => Task.CompletedTask, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _turn.Dispose();
    }

    private Task<DeadLettersMoved> TakeAsync(
        string queue, string? id, Func<IChannel, BasicGetResult, CancellationToken, Task> use,
        CancellationToken cancellationToken) => WithChannelAsync(
        async (channel, token) =>
        {
            var taken = 0;
            // A message that fails again comes back while this goes on: only as many are taken as there were.
            await ForEachAsync(channel, queue, int.MaxValue, async (message, inner) =>
            {
                if (id is not null && DeadLetter.IdOf(message.BasicProperties.MessageId, message.Body.Span) != id)
                {
                    return DeadLetterStep.Return;
                }

                await use(channel, message, inner);
                taken++;
                return id is null ? DeadLetterStep.Remove : DeadLetterStep.RemoveAndStop;
            }, token);
            return new DeadLettersMoved(queue, taken);
        },
        cancellationToken);

    private async Task<long> ForEachAsync(
        IChannel channel, string queue, int most, Func<BasicGetResult, CancellationToken, Task<DeadLetterStep>> use,
        CancellationToken cancellationToken)
    {
        var dead = BusNames.DeadLetters(queue);
        var count = await channel.MessageCountAsync(dead, cancellationToken);
        var (looked, removed, step) = (0L, 0L, DeadLetterStep.Return);
        while (step != DeadLetterStep.RemoveAndStop && looked < Math.Min(count, most)
            && await channel.BasicGetAsync(dead, autoAck: false, cancellationToken) is { } message)
        {
            looked++;
            step = await use(message, cancellationToken);
            if (step != DeadLetterStep.Return)
            {
                await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
                removed++;
            }
        }

        if (looked > removed)
        {
            await channel.BasicNackAsync(0, multiple: true, requeue: true, cancellationToken);
            await ReturnedAsync(channel, dead, count - removed, cancellationToken);
        }

        return count;
    }

    // The broker returns messages a moment after it was told to; a request that came in between would miss them.
    private async Task ReturnedAsync(IChannel channel, string dead, long expected, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        while (await channel.MessageCountAsync(dead, cancellationToken) < expected && timeProvider.GetElapsedTime(since) < ReturnTimeout)
        {
            await Task.Delay(ReturnPoll, timeProvider, cancellationToken);
        }
    }

    private async Task<T> WithChannelAsync<T>(Func<IChannel, CancellationToken, Task<T>> use, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(RequestTimeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        await _turn.WaitAsync(either.Token);
        try
        {
            _connection = _connection is { IsOpen: true } ? _connection : await _broker.CreateConnectionAsync(either.Token);
            await using var channel = await _connection.CreateChannelAsync(
                new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), either.Token);
            return await use(channel, either.Token);
        }
        catch (OperationInterruptedException exception)
        {
            throw new BrokerUnavailableException("The broker refused the request, or its connection ended.", exception);
        }
        catch (Exception exception)
            when (exception is BrokerUnreachableException or IOException or AlreadyClosedException or PublishException
            || (exception is OperationCanceledException && late.IsCancellationRequested))
        {
            throw new BrokerUnavailableException("The broker does not answer.", exception);
        }
        finally
        {
            _turn.Release();
        }
    }
}

/// <summary>The broker did not do what was asked. Nothing is lost: what was taken and not acknowledged is in its queue again.</summary>
public sealed class BrokerUnavailableException(string message, Exception inner) : Exception(message, inner);
