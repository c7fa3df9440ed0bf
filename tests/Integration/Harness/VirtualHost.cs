using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>A virtual host of the broker for one engine alone: its queues meet nobody else's.</summary>
public sealed class VirtualHost : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private IConnection? _connection;

    private VirtualHost(string name)
    {
        Name = name;
        _management = new HttpClient { BaseAddress = new Uri(Servers.RabbitMqManagement.GetLeftPart(UriPartial.Authority)) };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Servers.RabbitMqManagement.UserInfo)));
        _management.BaseAddress = new UriBuilder(_management.BaseAddress) { UserName = "", Password = "" }.Uri;
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public string Name { get; }

    public Uri Address => new UriBuilder(Servers.RabbitMq) { Path = Name }.Uri;

    public static async Task<VirtualHost> Create()
    {
        var host = new VirtualHost($"test-{Ids.FreshSlug()}");
        var user = Uri.UnescapeDataString(Servers.RabbitMq.UserInfo).Split(':')[0];
        await host.Put($"api/vhosts/{host.Name}", new { });
        await host.Put($"api/permissions/{host.Name}/{user}", new { configure = ".*", write = ".*", read = ".*" });
        return host;
    }

    /// <summary>Puts raw bytes on an exchange, as anybody who speaks AMQP could.</summary>
    public async Task Publish(string exchange, string contentType, string body, string? messageId = null)
    {
        await using var channel = await Channel(confirms: true);
        var properties = new BasicProperties { ContentType = contentType, DeliveryMode = DeliveryModes.Persistent, MessageId = messageId };
        await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Whether there is an exchange of this name.</summary>
    public async Task<bool> HasExchange(string exchange)
    {
        using var answer = await _management.GetAsync($"api/exchanges/{Name}/{exchange}");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>The arguments of a queue.</summary>
    public async Task<System.Text.Json.JsonElement> ArgumentsOf(string queue) =>
        (await _management.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/queues/{Name}/{queue}")).GetProperty("arguments");

    /// <summary>Sets a policy for queues whose name matches.</summary>
    public Task SetPolicy(string name, string pattern, object definition) =>
        Put($"api/policies/{Name}/{name}", new Dictionary<string, object> { ["pattern"] = pattern, ["definition"] = definition, ["apply-to"] = "queues" });

    /// <summary>Takes messages off a queue, which may yet have to come into being, until there are so many.</summary>
    public async Task<IReadOnlyList<string>> Take(string queue, int count)
    {
        var taken = new ConcurrentQueue<string>();
        await using var channel = await Until.Some($"the queue {queue} is there", () => Consume(queue, taken));
        await Until.True($"{count} messages are in {queue}", () => taken.Count >= count);
        return [.. taken];
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        (await _management.DeleteAsync($"api/vhosts/{Name}")).Dispose();
        _management.Dispose();
        _connecting.Dispose();
    }

    private async Task<IChannel?> Consume(string queue, ConcurrentQueue<string> taken)
    {
        IChannel? channel = null;
        try
        {
            channel = await Channel();
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                taken.Enqueue(Encoding.UTF8.GetString(message.Body.Span));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            return channel;
        }
        catch (OperationInterruptedException)
        {
            // The queue is not there, or only just coming into being, which costs the whole connection.
            await (channel?.DisposeAsync() ?? ValueTask.CompletedTask);
            return null;
        }
    }

    private async Task<IChannel> Channel(bool confirms = false)
    {
        await _connecting.WaitAsync();
        try
        {
            if (_connection is not { IsOpen: true })
            {
                _connection = await new ConnectionFactory { Uri = Address, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
            }
        }
        finally
        {
            _connecting.Release();
        }

        return await _connection.CreateChannelAsync(new CreateChannelOptions(confirms, confirms));
    }

    private async Task Put(string path, object body)
    {
        using var answer = await _management.PutAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }
}
