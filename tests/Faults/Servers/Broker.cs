using System.Text.Json;

namespace TreasureHunt.Faults.Servers;

/// <summary>RabbitMQ with the rights of its operator, through the management API.</summary>
public sealed class Broker : IDisposable
{
    private readonly ManagementApi _api = new(ServerAddresses.Management);
    private readonly string _virtualHost = Uri.EscapeDataString(ServerAddresses.Broker.AbsolutePath.Trim('/'));

    public void Dispose() => _api.Dispose();

    /// <summary>Closes all client connections.</summary>
    /// <returns>The number of connections.</returns>
    public async Task<int> CloseConnections()
    {
        var connections = await _api.List("/api/connections?columns=name");
        foreach (var connection in connections)
        {
            await _api.Delete($"/api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}");
        }

        return connections.Length;
    }

    /// <summary>Counts the messages in all queues except streams, delivered or not.</summary>
    public async Task<int> CountMessages(bool includeDeadLetters = true) =>
        (await _api.List($"/api/queues/{_virtualHost}?columns=name,type,messages"))
            .Where(queue => queue.GetProperty("type").GetString() != "stream")
            .Where(queue => includeDeadLetters || !IsForDeadLetters(queue.GetProperty("name").GetString()!))
            .Sum(queue => queue.TryGetProperty("messages", out var count) ? count.GetInt32() : 0);

    /// <summary>Names of the exchanges with this prefix.</summary>
    public async Task<IReadOnlyList<string>> ListExchanges(string prefix) =>
        [.. (await _api.List($"/api/exchanges/{_virtualHost}?columns=name"))
            .Select(exchange => exchange.GetProperty("name").GetString()!)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))];

    public Task Unbind(string exchange, string queue) => _api.Delete($"/api/bindings/{_virtualHost}/e/{exchange}/q/{queue}/~");

    public Task Bind(string exchange, string queue) =>
        _api.Post($"/api/bindings/{_virtualHost}/e/{exchange}/q/{queue}", new { routing_key = "", arguments = new { } });

    /// <summary>Has the queue reject messages beyond this length. Ends when the limit applies.</summary>
    public Task LimitLength(string queue, int messages) =>
        SetPolicy(queue, new Dictionary<string, object> { ["max-length"] = messages, ["overflow"] = "reject-publish" });

    /// <summary>
    /// Has the broker give up on a message after so many deliveries, which is RabbitMQ 4's default. A limit in the queue's own arguments
    /// takes precedence over a policy, so such a queue stays as it is. Ends when the limit applies.
    /// </summary>
    /// <returns>Whether the limit was set.</returns>
    public async Task<bool> LimitDeliveries(string queue, int maxDeliveries)
    {
        var arguments = (await _api.Get($"/api/queues/{_virtualHost}/{queue}?columns=arguments")).GetProperty("arguments");
        if (arguments.TryGetProperty("x-delivery-limit", out _))
        {
            return false;
        }

        await SetPolicy(queue, new Dictionary<string, object> { ["delivery-limit"] = maxDeliveries });
        return true;
    }

    /// <summary>Removes the limit of length or deliveries.</summary>
    public Task RemoveLimit() => _api.Delete($"/api/policies/{_virtualHost}/limit");

    /// <summary>Publishes a text without changes.</summary>
    /// <returns>False when no queue is bound to the exchange.</returns>
    public async Task<bool> Publish(string exchange, string text)
    {
        var response = await _api.Post(
            $"/api/exchanges/{_virtualHost}/{exchange}/publish",
            new
            {
                properties = new { delivery_mode = 2, content_type = "application/vnd.masstransit+json" },
                routing_key = "",
                payload = text,
                payload_encoding = "string",
            });
        using var document = JsonDocument.Parse(response);
        return document.RootElement.GetProperty("routed").GetBoolean();
    }

    private static bool IsForDeadLetters(string queue) =>
        queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    private async Task SetPolicy(string queue, Dictionary<string, object> definition)
    {
        await _api.Put(
            $"/api/policies/{_virtualHost}/limit",
            new Dictionary<string, object> { ["pattern"] = $"^{queue}$", ["definition"] = definition, ["apply-to"] = "queues" });
        await Poll.Until($"{queue} has its limit", async () =>
            (await _api.Get($"/api/queues/{_virtualHost}/{queue}?columns=policy")).TryGetProperty("policy", out var policy)
                && policy.GetString() == "limit");
    }
}
