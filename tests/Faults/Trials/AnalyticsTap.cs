using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>An analytics consumer that reads the stream of facts once the load is over, from where it stood when the trial began.</summary>
public sealed class AnalyticsTap
{
    private readonly ConnectionFactory _factory = new() { Uri = ServerAddresses.Broker, AutomaticRecoveryEnabled = false };
    // A stream is entered at the chunk that holds the moment: too early costs little.
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow().AddSeconds(-60);

    /// <summary>Every fact that was told since, repeats included, until one envelope reaches a sequence.</summary>
    public async Task<IReadOnlyList<AnalyticsFact>> Take(long upTo, TimeSpan patience)
    {
        var told = new ConcurrentQueue<AnalyticsFact>();
        var reached = 0L;
        await using var connection = await _factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, message) =>
        {
            var envelope = JsonSerializer.Deserialize<EventEnvelope>(message.Body.Span, AnalyticsJson.Options)!;
            foreach (var fact in envelope.Events)
            {
                told.Enqueue(new AnalyticsFact(fact.Id, fact.Subject, fact.Place));
            }

            Interlocked.Exchange(ref reached, Math.Max(Interlocked.Read(ref reached), envelope.UpTo));
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
        };
        await channel.BasicQosAsync(0, prefetchCount: 100, global: false);
        await channel.BasicConsumeAsync(BusNames.EventsLog, autoAck: false, "", noLocal: false, exclusive: false,
            new Dictionary<string, object?> { ["x-stream-offset"] = new AmqpTimestamp(_from.ToUnixTimeSeconds()) }, consumer);
        try
        {
            await Until.True("analytics was told everything", () => Interlocked.Read(ref reached) >= upTo, patience);
        }
        catch (TimeoutException)
        {
            // What is missing, the checker says.
        }

        return [.. told];
    }
}
