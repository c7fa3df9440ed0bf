using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Streams;

/// <summary>
/// A client of a hunt's stream that stores the last state of the hunt and of each treasure and claim by its id, and the last
/// <see cref="Leaderboard"/>, list of <see cref="Claims"/> and <see cref="Freshness"/>.
/// </summary>
internal sealed class StreamClient : IAsyncDisposable
{
    public const string Leaderboard = "leaderboard";
    public const string Claims = "claims";
    public const string Freshness = "freshness";

    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _disconnecting = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonElement> _states = [];
    private readonly Task _listening;
    private string _lastId = "";

    private StreamClient(HttpResponseMessage response) => (_response, _listening) = (response, Listen(response));

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>The event id from which another client can resume.</summary>
    public string LastEventId
    {
        get
        {
            lock (_lock)
            {
                return _lastId;
            }
        }
    }

    /// <summary>Completes when the host ends the stream regularly.</summary>
    public Task Ended => _listening;

    public static Task<StreamClient> Connect(
        ApiCaller caller, string huntId, string? lastId = null, string? player = null) =>
        Poll.For($"the stream of {huntId} begins", () => TryConnect(caller, huntId, lastId, player));

    /// <summary>Returns the last received state of a treasure or of the hunt; null before the first one.</summary>
    public JsonElement? Last(string id)
    {
        lock (_lock)
        {
            return _states.TryGetValue(id, out var state) ? state : null;
        }
    }

    /// <summary>Waits until a received state of a treasure or of the hunt has the expected content.</summary>
    public Task WaitFor(string id, Func<JsonElement, bool> isExpected) =>
        Poll.Until($"the stream sends {id}", () => Last(id) is { } state && isExpected(state));

    public async ValueTask DisposeAsync()
    {
        await _disconnecting.CancelAsync();
        try
        {
            await _listening;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client closed the connection.
        }

        _response.Dispose();
        _disconnecting.Dispose();
    }

    private static async Task<StreamClient?> TryConnect(ApiCaller caller, string huntId, string? lastId, string? player)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(caller.Engine.Host(caller.Host).Url, $"/v1/hunts/{huntId}/stream"));
        request.Headers.Authorization = caller.Token is null ? null : new AuthenticationHeaderValue("Bearer", caller.Token);
        if (player is not null)
        {
            request.Headers.Add("Hunt-Player", player);
        }

        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await caller.Engine.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new StreamClient(response);
    }

    private static IEnumerable<(string Key, JsonElement State)> StatesOf(string type, JsonElement data) => type switch
    {
        "hunt" => [(data.GetProperty("huntId").GetString()!, data)],
        "treasure" => [(data.GetProperty("treasureId").GetString()!, data)],
        Claims => data.GetProperty(Claims).EnumerateArray().Select(claim => (claim.GetProperty("claimId").GetString()!, claim))
            .Append((Claims, data)),
        _ => [(type, data)],
    };

    private async Task Listen(HttpResponseMessage response)
    {
        var parser = SseParser.Create(
            await response.Content.ReadAsStreamAsync(), (_, data) => JsonDocument.Parse(Encoding.UTF8.GetString(data)).RootElement);
        await foreach (var item in parser.EnumerateAsync(_disconnecting.Token))
        {
            lock (_lock)
            {
                foreach (var (key, state) in StatesOf(item.EventType, item.Data))
                {
                    _states[key] = state;
                }

                _lastId = parser.LastEventId;
            }
        }
    }
}
