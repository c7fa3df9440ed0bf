using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Servers;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Load;

/// <summary>The HTTP client of the suite. It records each call in a history.</summary>
public sealed class RecordingClaimsClient(CallHistory history, TokenFactory tokens) : IDisposable
{
    /// <summary>The wait for the outcome that a claim asks for (<c>Prefer: wait</c>).</summary>
    public static readonly TimeSpan OutcomeWait = TimeSpan.FromSeconds(5);

    /// <summary>Maximum duration of a claim: its wait, the five seconds of the publish deadline, and a margin for a busy machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Maximum duration of a read, which may run into the deadlines of two caches.</summary>
    public static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(10);

    // One token for each player: the edge proxy routes a player's reads by it.
    private readonly ConcurrentDictionary<string, string> _tokens = new();

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = ServerAddresses.Site,
        // Longer than the deadline, so that the history shows by how much a call misses it.
        Timeout = TimeSpan.FromSeconds(40),
    };

    public void Dispose() => _http.Dispose();

    /// <param name="isProofCorrect">Whether the proof is correct, or the treasure requires none.</param>
    /// <param name="wait">Whether the call waits for the outcome.</param>
    public Task<Call> Claim(
        int client, string player, string treasureId, string key, string? proof = null, bool isProofCorrect = true, bool wait = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/treasures/{treasureId}/claims");
        request.Headers.Add("Idempotency-Key", key);
        if (wait)
        {
            Prefer(request, OutcomeWait);
        }

        if (proof is not null)
        {
            request.Content = JsonContent.Create(new { proof });
        }

        return Send(client, CallKind.Claim, treasureId, player, Ids.ForClaim(player, treasureId, key), request, isProofCorrect);
    }

    /// <param name="wait">Time to wait for the outcome; null to get the state at once.</param>
    public Task<Call> GetOutcome(int client, string player, Guid claimId, TimeSpan? wait = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/claims/{claimId}");
        if (wait is { } time)
        {
            Prefer(request, time);
        }

        return Send(client, CallKind.Outcome, claimId.ToString(), player, claimId, request);
    }

    public Task<Call> GetTreasure(int client, string player, string treasureId) =>
        Send(client, CallKind.Treasure, treasureId, player, null, new HttpRequestMessage(HttpMethod.Get, $"/v1/treasures/{treasureId}"));

    public Task<Call> GetHunt(int client, string player, string huntId) =>
        Send(client, CallKind.Hunt, huntId, player, null, new HttpRequestMessage(HttpMethod.Get, $"/v1/hunts/{huntId}"));

    private static void Prefer(HttpRequestMessage request, TimeSpan wait) =>
        request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds:0}"));

    private async Task<Call> Send(
        int client, CallKind kind, string resource, string player, Guid? claimId, HttpRequestMessage request, bool isProofCorrect = true)
    {
        using var message = request;
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.GetOrAdd(player, id => tokens.Player(id)));
        var started = history.Begin(client, kind, resource, player, claimId, isProofCorrect);
        try
        {
            using var response = await _http.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            var sequence = response.Headers.TryGetValues("Hunt-Sequence", out var values) ? values.First() : null;
            return history.End(started, (int)response.StatusCode, sequence, text);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return history.End(started, 0, null, exception.Message);
        }
    }
}
