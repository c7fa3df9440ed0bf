using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace TreasureHunt.Samples;

/// <summary>An event as the consumer stores it.</summary>
public sealed record ConsumedEvent(long Sequence, string Subject, string Type, Guid Id, DateTimeOffset Time, JsonElement Data);

/// <summary>Takes every event of the event store once, in the order of the sequences.</summary>
/// <param name="broker">The address of the broker, with a user such as <c>analytics-shop</c>.</param>
/// <param name="feed">Calls the operators' port with an administrator's token that has the scope <c>read</c>.</param>
/// <param name="offset">The offset in the stream at which it begins: <c>first</c>, <c>next</c>, or a number.</param>
/// <param name="store">Stores one event. Store <see cref="UpTo"/> in the same transaction.</param>
public sealed class EventConsumer(Uri broker, HttpClient feed, object offset, Action<ConsumedEvent> store)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly ConnectionFactory _broker = new()
    {
        Uri = broker,
        AutomaticRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(5),
    };
    private object _offset = offset;
    private long _upTo;

    /// <summary>Every event up to this sequence is stored.</summary>
    public long UpTo => Interlocked.Read(ref _upTo);

    /// <summary>How many connections it has consumed from.</summary>
    public int Connections { get; private set; }

    /// <summary>How many gaps it has filled from the feed.</summary>
    public int Gaps { get; private set; }

    /// <summary>Consumes until it is cancelled, over as many connections as that takes.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ConsumeAsync(cancellationToken);
            }
            catch (Exception exception)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    return;
                }

                // The broker is not reachable, or the stream does not exist yet.
                await Console.Error.WriteLineAsync($"The consumer connects again: {exception.Message}");
            }

            await Task.Delay(RetryPause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await _broker.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        // The continuation must not run inside an event handler: disposing the connection there would wait for itself.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        channel.ChannelShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        channel.CallbackExceptionAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await ApplyAsync(JsonSerializer.Deserialize<Envelope>(message.Body.Span, JsonSerializerOptions.Web)!);
            _offset = message.BasicProperties.Headers!["x-stream-offset"]!;
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, prefetchCount: 10, global: false, cancellationToken);
        await channel.BasicConsumeAsync("treasure-hunt.events.log", autoAck: false, "", noLocal: false, exclusive: false,
            new Dictionary<string, object?> { ["x-stream-offset"] = _offset }, consumer, cancellationToken);
        Connections++;
        await ended.Task.WaitAsync(cancellationToken);
    }

    private async Task ApplyAsync(Envelope envelope)
    {
        if (envelope.After > _upTo)
        {
            await FillGapAsync(envelope.After);
        }

        foreach (var message in envelope.Events)
        {
            var sequence = long.Parse(message.Sequence, CultureInfo.InvariantCulture);
            if (sequence > _upTo)
            {
                store(new ConsumedEvent(sequence, message.Subject, message.Type, message.Id, message.Time, message.Data));
                Interlocked.Exchange(ref _upTo, sequence);
            }
        }

        Interlocked.Exchange(ref _upTo, Math.Max(_upTo, envelope.UpTo));
    }

    private async Task FillGapAsync(long upTo)
    {
        await using var lines = await feed.GetStreamAsync(new Uri($"/admin/events?after={_upTo}", UriKind.Relative));
        await foreach (
            var line in JsonSerializer.DeserializeAsyncEnumerable<FeedLine>(lines, topLevelValues: true, JsonSerializerOptions.Web))
        {
            if (line!.Sequence > upTo)
            {
                break;
            }

            store(new ConsumedEvent(line.Sequence, line.StreamKey, line.Type, line.Id, line.At, line.Data));
            Interlocked.Exchange(ref _upTo, line.Sequence);
        }

        Interlocked.Exchange(ref _upTo, upTo);
        Gaps++;
    }

    private sealed record Envelope(long After, long UpTo, IReadOnlyList<CloudEvent> Events);

    private sealed record CloudEvent(string Sequence, string Subject, string Type, Guid Id, DateTimeOffset Time, JsonElement Data);

    private sealed record FeedLine(long Sequence, string StreamKey, string Type, Guid Id, DateTimeOffset At, JsonElement Data);
}
