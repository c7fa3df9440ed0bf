using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>Reads the analytics stream after the load, from the time at which this object was created.</summary>
public sealed class AnalyticsStreamReader
{
    private readonly ConnectionFactory _factory = new() { Uri = ServerAddresses.Broker, AutomaticRecoveryEnabled = false };

    // RabbitMQ begins at the chunk that contains this time. An early start costs little.
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddSeconds(-60);

    /// <summary>Reads until an envelope reaches the sequence, or until the timeout.</summary>
    /// <returns>All events, repeats included.</returns>
    public async Task<IReadOnlyList<PublishedEvent>> ReadUpTo(long sequence, TimeSpan timeout)
    {
        var published = new ConcurrentQueue<PublishedEvent>();
        var reached = 0L;
        await using var connection = await _factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var envelope = JsonSerializer.Deserialize<EventEnvelope>(message.Body.Span, AnalyticsJson.Options)!;
            foreach (var cloudEvent in envelope.Events)
            {
                published.Enqueue(new PublishedEvent(cloudEvent.Id, cloudEvent.Subject, cloudEvent.SequenceNumber));
            }

            Interlocked.Exchange(ref reached, Math.Max(Interlocked.Read(ref reached), envelope.UpTo));
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, prefetchCount: 100, global: false);
        await channel.BasicConsumeAsync(BusNames.EventsStream, autoAck: false, "", noLocal: false, exclusive: false,
            new Dictionary<string, object?> { ["x-stream-offset"] = new AmqpTimestamp(_from.ToUnixTimeSeconds()) }, consumer);
        try
        {
            await Poll.Until("analytics has all events", () => Interlocked.Read(ref reached) >= sequence, timeout);
        }
        catch (TimeoutException)
        {
            // The checker reports the missing events.
        }

        return [.. published];
    }
}
