using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;

namespace TreasureHunt.Integration.Analytics;

/// <summary>An analytics consumer as a shop would write it; docs/analytics.md shows its heart.</summary>
/// <param name="broker">Where the stream is.</param>
/// <param name="projections">Asks the Projections host, with an admin's token.</param>
/// <param name="from">The offset at which it begins: <c>first</c>, <c>next</c>, or a number.</param>
internal sealed class SampleConsumer(Uri broker, HttpClient projections, object from)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly ConnectionFactory _broker =
        new() { Uri = broker, AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentQueue<Told> _kept = new();
    private object _offset = from;
    private long _upTo;

    /// <summary>What it holds, in the order in which it took it.</summary>
    public IReadOnlyList<Told> Kept => [.. _kept];

    /// <summary>The sequence up to which it misses nothing.</summary>
    public long UpTo => Interlocked.Read(ref _upTo);

    /// <summary>How many connections it has listened on.</summary>
    public int Connections { get; private set; }

    /// <summary>How often it had to ask the feed.</summary>
    public int Gaps { get; private set; }

    /// <summary>Follows the facts, over as many connections as it takes, until it is told to stop.</summary>
    public async Task Follow(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Listen(cancellationToken);
            }
            catch (Exception)
            {
                // The broker is away, or the stream is not there yet, or it is time to stop.
            }

            await Task.Delay(BetweenTries, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Listen(CancellationToken cancellationToken)
    {
        await using var connection = await _broker.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        // Not to be gone on with in the handler: a connection that is disposed of there waits for itself.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.ConnectionShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        channel.ChannelShutdownAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        channel.CallbackExceptionAsync += (_, _) => Task.FromResult(ended.TrySetResult());
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            await Apply(JsonSerializer.Deserialize<EventEnvelope>(message.Body.Span, AnalyticsJson.Options)!);
            _offset = message.BasicProperties.Headers!["x-stream-offset"]!;
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, prefetchCount: 10, global: false, cancellationToken);
        await channel.BasicConsumeAsync(BusNames.EventsLog, autoAck: false, "", noLocal: false, exclusive: false,
            new Dictionary<string, object?> { ["x-stream-offset"] = _offset }, consumer, cancellationToken);
        Connections++;
        await ended.Task.WaitAsync(cancellationToken);
    }

    private async Task Apply(EventEnvelope envelope)
    {
        if (envelope.After > _upTo)
        {
            await Fill(envelope.After);
        }

        foreach (var fact in envelope.Events.Where(fact => fact.Place > _upTo))
        {
            Keep(new Told(fact.Place, fact.Subject, fact.Type, fact.Id, fact.Time, fact.Data));
        }

        _upTo = Math.Max(_upTo, envelope.UpTo);
    }

    private async Task Fill(long upTo)
    {
        await using var lines = await projections.GetStreamAsync(new Uri($"/admin/events?after={_upTo}", UriKind.Relative));
        await foreach (var line in JsonSerializer.DeserializeAsyncEnumerable<Line>(lines, topLevelValues: true, JsonSerializerOptions.Web))
        {
            if (line!.Sequence > upTo)
            {
                break;
            }

            Keep(new Told(line.Sequence, line.StreamKey, line.Type, line.Id, line.At, line.Data));
        }

        _upTo = upTo;
        Gaps++;
    }

    private void Keep(Told fact)
    {
        _kept.Enqueue(fact);
    }

    private sealed record Line(long Sequence, string StreamKey, string Type, Guid Id, DateTimeOffset At, JsonElement Data);
}

/// <summary>A fact as analytics has it.</summary>
internal sealed record Told(long Sequence, string Subject, string Type, Guid Id, DateTimeOffset Time, JsonElement Data);
