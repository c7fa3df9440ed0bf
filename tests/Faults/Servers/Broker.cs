using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace TreasureHunt.Faults.Servers;

/// <summary>RabbitMQ as its operator sees it, through its management API.</summary>
public sealed class Broker : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _virtualHost = Uri.EscapeDataString(ServerAddresses.Broker.AbsolutePath.Trim('/'));

    public Broker()
    {
        _http = new HttpClient
        {
            BaseAddress = new Uri(
            ServerAddresses.Management.GetLeftPart(UriPartial.Authority)),
            Timeout = TimeSpan.FromSeconds(15)
        };
        _http.BaseAddress = new UriBuilder(_http.BaseAddress) { UserName = "", Password = "" }.Uri;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(ServerAddresses.Management.UserInfo))));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Cuts every connection of a client; answers how many.</summary>
    public async Task<int> CutConnections()
    {
        var connections = await _http.GetFromJsonAsync<JsonElement[]>(new Uri("/api/connections?columns=name", UriKind.Relative)) ?? [];
        foreach (var connection in connections)
        {
            using var answer =
                await _http.DeleteAsync(
                    new Uri($"/api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}", UriKind.Relative));
        }

        return connections.Length;
    }

    /// <summary>Messages in all queues that are not streams, delivered or not.</summary>
    /// <param name="deadLetters">Whether they count.</param>
    public async Task<int> Waiting(bool deadLetters = true)
    {
        var queues =
            await _http.GetFromJsonAsync<JsonElement[]>(
                new Uri($"/api/queues/{_virtualHost}?columns=name,type,messages", UriKind.Relative)) ?? [];
        return queues.Where(
            queue =>
                queue.GetProperty("type").GetString() != "stream"
                    && (deadLetters || !IsForDeadLetters(queue.GetProperty("name").GetString()!))).Sum(
                        queue => queue.TryGetProperty("messages", out var count) ? count.GetInt32() : 0);
    }

    private static bool IsForDeadLetters(string queue) =>
        queue.EndsWith("_error", StringComparison.Ordinal) || queue.EndsWith("_skipped", StringComparison.Ordinal);

    public Task Unbind(string exchange, string queue) => Delete($"/api/bindings/{_virtualHost}/e/{exchange}/q/{queue}/~");

    public Task Bind(string exchange, string queue) =>
        Post($"/api/bindings/{_virtualHost}/e/{exchange}/q/{queue}", new { routing_key = "", arguments = new { } });

    /// <summary>
    /// A queue takes no more than so many messages, and tells the publisher of the next. Ends when the queue knows of it.
    /// </summary>
    public async Task Limit(string queue, int messages)
    {
        await SetPolicy(queue, new Dictionary<string, object> { ["max-length"] = messages, ["overflow"] = "reject-publish" });
    }

    /// <summary>Names of the exchanges that begin so.</summary>
    public async Task<IReadOnlyList<string>> Exchanges(string prefix) =>
        [.. (await _http.GetFromJsonAsync<JsonElement[]>(new Uri($"/api/exchanges/{_virtualHost}?columns=name", UriKind.Relative)) ?? [])
            .Select(exchange => exchange.GetProperty("name").GetString()!).Where(
                name => name.StartsWith(prefix, StringComparison.Ordinal))];

    /// <summary>
    /// Has the broker give up on a message of the claim queues after so many deliveries, as RabbitMQ 4 does, unless the queues say so
    /// themselves: then their own limit is what counts. Ends when the queue knows of it.
    /// </summary>
    /// <returns>Whether the limit was set.</returns>
    public async Task<bool> LimitDeliveries(string queue, int most)
    {
        var arguments =
            (await _http.GetFromJsonAsync<JsonElement>(
                new Uri($"/api/queues/{_virtualHost}/{queue}?columns=arguments", UriKind.Relative))).GetProperty("arguments");
        if (arguments.TryGetProperty("x-delivery-limit", out _))
        {
            return false;
        }

        await SetPolicy(queue, new Dictionary<string, object> { ["delivery-limit"] = most });
        return true;
    }

    public Task Unlimit() => Delete($"/api/policies/{_virtualHost}/limit");

    /// <summary>Puts a text on an exchange as it is; false when no queue took it.</summary>
    public async Task<bool> Publish(string exchange, string text)
    {
        using var answer = await _http.PostAsJsonAsync(
            new Uri($"/api/exchanges/{_virtualHost}/{exchange}/publish", UriKind.Relative),
            new { properties = new { delivery_mode = 2, content_type = "application/vnd.masstransit+json" }, routing_key = "", payload = text, payload_encoding = "string" });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("routed").GetBoolean();
    }

    /// <summary>
    /// Takes all messages off a queue; none when it is not there. The management API cannot: error queues have one consumer at a time.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Take(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = ServerAddresses.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var taken = new ConcurrentQueue<string>();
        try
        {
            var count = (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, message) =>
            {
                taken.Enqueue(Encoding.UTF8.GetString(message.Body.Span));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
            await Until.True($"{count} messages are taken off {queue}", () => taken.Count >= count);
        }
        catch (OperationInterruptedException)
        {
            // Nothing ever failed: the queue is made by the first message that does.
        }

        return [.. taken];
    }

    private async Task SetPolicy(string queue, Dictionary<string, object> definition)
    {
        using var answer = await _http.PutAsJsonAsync(
            new Uri($"/api/policies/{_virtualHost}/limit", UriKind.Relative),
            new Dictionary<string, object> { ["pattern"] = $"^{queue}$", ["definition"] = definition, ["apply-to"] = "queues" });
        answer.EnsureSuccessStatusCode();
        await Until.True($"{queue} has its limit", async () =>
            (await _http.GetFromJsonAsync<JsonElement>(
                new Uri($"/api/queues/{_virtualHost}/{queue}?columns=policy", UriKind.Relative))).TryGetProperty("policy", out var policy)
                    && policy.GetString() == "limit");
    }

    private async Task Post(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    // What is not there need not be deleted.
    private async Task Delete(string path)
    {
        using var answer = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }
    }
}
