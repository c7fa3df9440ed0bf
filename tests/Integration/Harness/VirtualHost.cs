using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// A virtual host of the broker for one engine alone. The broker's users have the permissions of deploy/rabbitmq/definitions.json in it.
/// </summary>
public sealed class VirtualHost : IAsyncDisposable
{
    private readonly HttpClient _management;
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly Dictionary<string, IConnection> _connections = [];

    private VirtualHost(string name)
    {
        Name = name;
        _management = new HttpClient { BaseAddress = new Uri(Servers.RabbitMqManagement.GetLeftPart(UriPartial.Authority)) };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(Servers.RabbitMqManagement.UserInfo)));
        _management.BaseAddress = new UriBuilder(_management.BaseAddress) { UserName = "", Password = "" }.Uri;
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
    }

    public string Name { get; }

    /// <summary>Where one of the broker's users connects.</summary>
    public Uri AddressOf(string user) => new UriBuilder(Servers.RabbitMqAs(user)) { Path = Name }.Uri;

    public static async Task<VirtualHost> Create()
    {
        var host = new VirtualHost($"test-{Ids.FreshSlug()}");
        await host.Put($"api/vhosts/{host.Name}", new { });
        using var definitions = JsonDocument.Parse(HostProcess.Document("deploy/rabbitmq/definitions.json"));
        foreach (var permission in definitions.RootElement.GetProperty("permissions").EnumerateArray())
        {
            await host.Put($"api/permissions/{host.Name}/{permission.GetProperty("user").GetString()}", permission);
        }

        return host;
    }

    /// <summary>Puts raw bytes on an exchange.</summary>
    /// <param name="user">The broker's user that does it.</param>
    /// <param name="userId">The property of this name; the broker refuses that of another user.</param>
    public async Task Publish(
        string exchange, string contentType, string body, string user = "operator", string? userId = null, string? messageId = null)
    {
        await using var channel = await Channel(user, confirms: true);
        var properties = new BasicProperties { ContentType = contentType, DeliveryMode = DeliveryModes.Persistent, MessageId = messageId };
        if (userId is not null)
        {
            properties.UserId = userId;
        }

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
    public Task<IReadOnlyList<string>> Take(string queue, int count) => TakeUntil(queue, taken => taken.Count >= count);

    /// <summary>
    /// The same, until there are so many that contain the mark, and of them only: other tests of the engine may have dead letters too.
    /// </summary>
    public async Task<IReadOnlyList<string>> Take(string queue, int count, string mark)
    {
        bool IsMarked(string body) => body.Contains(mark, StringComparison.Ordinal);
        return [.. (await TakeUntil(queue, taken => taken.Count(IsMarked) >= count)).Where(IsMarked)];
    }

    /// <summary>The same, until those that came are enough.</summary>
    public Task<IReadOnlyList<string>> TakeUntil(string queue, Func<IReadOnlyCollection<string>, bool> enough) =>
        Take(queue, enough, message => Encoding.UTF8.GetString(message.Body.Span));

    /// <summary>The same, with the reason for which each is a dead letter.</summary>
    public Task<IReadOnlyList<string>> TakeReasons(string queue, int count) =>
        Take(queue, taken => taken.Count >= count, message =>
            Encoding.UTF8.GetString((byte[])message.BasicProperties.Headers!["MT-Fault-Message"]!));

    private async Task<IReadOnlyList<string>> Take(
        string queue, Func<IReadOnlyCollection<string>, bool> enough, Func<BasicDeliverEventArgs, string> what)
    {
        var taken = new ConcurrentQueue<string>();
        await using var channel = await Until.Some($"the queue {queue} is there", () => Consume(queue, taken, what));
        await Until.True($"the messages are in {queue}", () => enough(taken));
        return [.. taken];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections.Values)
        {
            await connection.DisposeAsync();
        }

        (await _management.DeleteAsync($"api/vhosts/{Name}")).Dispose();
        _management.Dispose();
        _connecting.Dispose();
    }

    private async Task<IChannel?> Consume(string queue, ConcurrentQueue<string> taken, Func<BasicDeliverEventArgs, string> what)
    {
        IChannel? channel = null;
        try
        {
            channel = await Channel("operator");
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                taken.Enqueue(what(message));
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

    /// <summary>A channel of one of the broker's users.</summary>
    public async Task<IChannel> Channel(string user, bool confirms = false)
    {
        await _connecting.WaitAsync();
        try
        {
            if (!_connections.TryGetValue(user, out var connection) || !connection.IsOpen)
            {
                connection = _connections[user] = await new ConnectionFactory
                {
                    Uri = AddressOf(
                    user),
                    AutomaticRecoveryEnabled = false
                }.CreateConnectionAsync();
            }

            return await connection.CreateChannelAsync(new CreateChannelOptions(confirms, confirms));
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task Put(string path, object body)
    {
        using var answer = await _management.PutAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }
}
