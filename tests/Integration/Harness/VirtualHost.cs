using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// A virtual host of the broker for one engine. The users have the permissions of deploy/rabbitmq/definitions.json in it.
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

    /// <summary>Returns the address of this virtual host for a user of the broker.</summary>
    public Uri AddressOf(string user) => new UriBuilder(Servers.RabbitMqAs(user)) { Path = Name }.Uri;

    public static async Task<VirtualHost> Create()
    {
        var host = new VirtualHost($"test-{Ids.FreshSlug()}");
        await host.Put($"api/vhosts/{host.Name}", new { });
        using var definitions = JsonDocument.Parse(RepositoryFiles.Read("deploy/rabbitmq/definitions.json"));
        foreach (var permission in definitions.RootElement.GetProperty("permissions").EnumerateArray())
        {
            await host.Put($"api/permissions/{host.Name}/{permission.GetProperty("user").GetString()}", permission);
        }

        return host;
    }

    /// <summary>Publishes a raw body to an exchange.</summary>
    /// <param name="user">The user of the connection.</param>
    /// <param name="userId">The property <c>user_id</c>; the broker refuses the id of another user.</param>
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

    /// <summary>Whether an exchange exists.</summary>
    public async Task<bool> HasExchange(string exchange)
    {
        using var answer = await _management.GetAsync($"api/exchanges/{Name}/{exchange}");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Returns the arguments of a queue.</summary>
    public async Task<System.Text.Json.JsonElement> ArgumentsOf(string queue) =>
        (await _management.GetFromJsonAsync<System.Text.Json.JsonElement>($"api/queues/{Name}/{queue}")).GetProperty("arguments");

    /// <summary>Sets a policy for the queues whose names match a pattern.</summary>
    public Task SetPolicy(string name, string pattern, object definition) =>
        Put($"api/policies/{Name}/{name}", new Dictionary<string, object>
        {
            ["pattern"] = pattern,
            ["definition"] = definition,
            ["apply-to"] = "queues",
        });

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

    /// <summary>Opens a channel of a user of the broker.</summary>
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
