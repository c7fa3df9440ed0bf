using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Consumes messages of a virtual host.</summary>
public static class VirtualHostQueues
{
    /// <summary>Consumes a number of messages. The queue may be declared later.</summary>
    public static Task<IReadOnlyList<string>> Take(this VirtualHost host, string queue, int count) =>
        host.TakeUntil(queue, messages => messages.Count >= count);

    /// <summary>
    /// Consumes a number of messages that contain a marker and returns only those: other tests may have dead letters, too.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Take(this VirtualHost host, string queue, int count, string mark)
    {
        bool IsMarked(string body) => body.Contains(mark, StringComparison.Ordinal);
        return [.. (await host.TakeUntil(queue, messages => messages.Count(IsMarked) >= count)).Where(IsMarked)];
    }

    /// <summary>Consumes messages until a condition holds.</summary>
    public static Task<IReadOnlyList<string>> TakeUntil(
        this VirtualHost host, string queue, Func<IReadOnlyCollection<string>, bool> isEnough) =>
        Take(host, queue, isEnough, message => Encoding.UTF8.GetString(message.Body.Span));

    /// <summary>Consumes a number of dead letters and returns their reasons.</summary>
    public static Task<IReadOnlyList<string>> TakeReasons(this VirtualHost host, string queue, int count) =>
        Take(host, queue, messages => messages.Count >= count, message =>
            Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers!["MT-Fault-Message"]!));

    private static async Task<IReadOnlyList<string>> Take(
        VirtualHost host, string queue, Func<IReadOnlyCollection<string>, bool> isEnough, Func<BasicDeliverEventArgs, string> read)
    {
        var messages = new ConcurrentQueue<string>();
        await using var channel = await Poll.For($"the queue {queue} exists", () => Consume(host, queue, messages, read));
        await Poll.Until($"the messages of {queue} are consumed", () => isEnough(messages));
        return [.. messages];
    }

    private static async Task<IChannel?> Consume(
        VirtualHost host, string queue, ConcurrentQueue<string> messages, Func<BasicDeliverEventArgs, string> read)
    {
        IChannel? channel = null;
        try
        {
            channel = await host.Channel("operator");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                messages.Enqueue(read(message));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            return channel;
        }
        catch (OperationInterruptedException)
        {
            // The queue does not exist yet. A declaration at the same time closes the whole connection.
            await (channel?.DisposeAsync() ?? ValueTask.CompletedTask);
            return null;
        }
    }
}
