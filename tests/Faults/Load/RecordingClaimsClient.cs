using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>Every call of the suite goes through here, and is written down: when it began, when it ended, and what it was told.</summary>
/// <param name="history">Where to.</param>
public sealed class RecordingClaimsClient(CallHistory history, Tokens tokens) : IDisposable
{
    /// <summary>For how long a claim's answer may be held back for its outcome.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    /// <summary>Whoever has no answer by then never gets one: the wait, the bus's deadline, and a turn on a busy machine.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>The same for a read: it waits for nothing, but two caches with deadlines of their own.</summary>
    public static readonly TimeSpan ReadDeadline = TimeSpan.FromSeconds(10);

    // One token for each player: by it the proxy knows who has seen what.
    private readonly ConcurrentDictionary<string, string> _tokens = new();

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        BaseAddress = ServerAddresses.Site,
        // Longer than the deadline: a call that misses it shows by how much.
        Timeout = TimeSpan.FromSeconds(40),
    };

    public void Dispose() => _http.Dispose();

    /// <param name="proofRight">Whether the proof is the one that the treasure asks for, or it asks for none.</param>
    /// <param name="wait">Whether the answer is held back for the outcome.</param>
    public Task<Call> Claim(
        int client, string player, string treasureId, string key, string? proof = null, bool proofRight = true, bool wait = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/treasures/{treasureId}/claims");
        request.Headers.Add("Idempotency-Key", key);
        if (wait)
        {
            Prefer(request, Wait);
        }

        if (proof is not null)
        {
            request.Content = JsonContent.Create(new { proof });
        }

        return Send(client, CallKind.Claim, treasureId, player, Ids.ForClaim(player, treasureId, key), request, proofRight);
    }

    /// <param name="wait">For how long the answer may be held back for the outcome.</param>
    public Task<Call> Outcome(int client, string player, Guid claimId, TimeSpan? wait = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/claims/{claimId}");
        if (wait is { } longest)
        {
            Prefer(request, longest);
        }

        return Send(client, CallKind.Outcome, claimId.ToString(), player, claimId, request);
    }

    public Task<Call> Treasure(int client, string player, string treasureId) =>
        Send(client, CallKind.Treasure, treasureId, player, null, new HttpRequestMessage(HttpMethod.Get, $"/v1/treasures/{treasureId}"));

    public Task<Call> Hunt(int client, string player, string huntId) =>
        Send(client, CallKind.Hunt, huntId, player, null, new HttpRequestMessage(HttpMethod.Get, $"/v1/hunts/{huntId}"));

    private static void Prefer(HttpRequestMessage request, TimeSpan wait) =>
        request.Headers.Add("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={wait.TotalSeconds:0}"));

    private async Task<Call> Send(
        int client, CallKind kind, string resource, string player, Guid? claimId, HttpRequestMessage request, bool proofRight = true)
    {
        using var message = request;
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.GetOrAdd(player, id => tokens.Player(id)));
        var begun = history.Begin(client, kind, resource, player, claimId, proofRight);
        try
        {
            using var response = await _http.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            var sequence = response.Headers.TryGetValues("Hunt-Sequence", out var values) ? values.First() : null;
            return history.End(begun, (int)response.StatusCode, sequence, text);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            return history.End(begun, 0, null, exception.Message);
        }
    }
}
