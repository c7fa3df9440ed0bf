using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace TreasureHunt.Faults.Servers;

/// <summary>Empties queues over AMQP. The management API cannot read queues that allow one consumer at a time.</summary>
internal static class QueueReader
{
    /// <summary>Consumes and acknowledges all messages of a queue.</summary>
    /// <returns>The messages as text; none when the queue does not exist.</returns>
    public static async Task<IReadOnlyList<string>> ConsumeAll(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = ServerAddresses.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var messages = new ConcurrentQueue<string>();
        try
        {
            var count = (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                messages.Enqueue(Encoding.UTF8.GetString(message.Body.Span));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            await Poll.Until($"{count} messages of {queue} are consumed", () => messages.Count >= count);
        }
        catch (OperationInterruptedException)
        {
            // The first dead letter creates the queue: there was none.
        }

        return [.. messages];
    }
}
