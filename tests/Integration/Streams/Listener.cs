using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Streams;

/// <summary>A client of a hunt's stream, that keeps the last it heard of each treasure.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _hangUp = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _heard = [];
    private readonly Task _listening;
    private string _lastId = "";

    private Listener(HttpResponseMessage response) => (_response, _listening) = (response, Listen(response));

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>Where it could go on.</summary>
    public string LastId
    {
        get
        {
            lock (_lock)
            {
                return _lastId;
            }
        }
    }

    /// <summary>Ends when the host ends the stream as it should.</summary>
    public Task Ended => _listening;

    public static Task<Listener> Join(
        ApiCaller caller, string huntId, string? lastId = null) => Until.Some($"the stream of {huntId} begins", async () =>
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(caller.Engine.Host(caller.Host).Url, $"/v1/hunts/{huntId}/stream"));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await caller.Engine.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new Listener(response);
    });

    /// <summary>The last heard of a treasure, or of the hunt under its own id; null when nothing was.</summary>
    public JsonElement? Heard(string id)
    {
        lock (_lock)
        {
            return _heard.TryGetValue(id, out var told) ? told : null;
        }
    }

    /// <summary>Waits until it has heard of a treasure, or of the hunt, like this.</summary>
    public Task Hears(string id, Func<JsonElement, bool> like) =>
        Until.True($"the stream tells {id}", () => Heard(id) is { } told && like(told));

    public async ValueTask DisposeAsync()
    {
        await _hangUp.CancelAsync();
        try
        {
            await _listening;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // It hung up itself.
        }

        _response.Dispose();
        _hangUp.Dispose();
    }

    private async Task Listen(HttpResponseMessage response)
    {
        var parser = SseParser.Create(
            await response.Content.ReadAsStreamAsync(), (_, data) => JsonDocument.Parse(Encoding.UTF8.GetString(data)).RootElement);
        await foreach (var item in parser.EnumerateAsync(_hangUp.Token))
        {
            lock (_lock)
            {
                _heard[item.Data.GetProperty(item.EventType == "hunt" ? "huntId" : "treasureId").GetString()!] = item.Data;
                _lastId = parser.LastEventId;
            }
        }
    }
}
