using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Planning;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// The hunt of a plan in the engine. Its treasures have ids of their own, so that a plan can run any number of times.
/// </summary>
public sealed class HuntFixture(string huntId, string name, Plan plan, Uri url, TokenFactory tokens, TimeProvider timeProvider)
{
    /// <summary>More gain nothing: commands that add treasures to one hunt wait for each other.</summary>
    private const int MaxConcurrentCommands = 8;

    private readonly Dictionary<Guid, ClaimHistory> _histories = [];
    private readonly Dictionary<string, Uri> _claims = [];
    private readonly Dictionary<int, string> _bearers = [];
    private readonly Dictionary<string, byte[]> _bodies = [];

    public string HuntId => huntId;

    public Plan Plan => plan;

    /// <summary>The responses to every claim that was sent.</summary>
    public IReadOnlyList<ClaimObservation> Observations() =>
        [.. _histories.Values.Where(history => history.WasSent).Select(history => history.Observation)];

    /// <summary>Creates the hunt with its treasures and opens it.</summary>
    public async Task CreateAsync(AdminApiClient client, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        await client.CommandAsync(
            "/v1/hunts",
            huntId,
            new { huntId, name, opensAt = now.AddMinutes(1), closesAt = now.AddDays(1), playerLimit = plan.PlayerLimit },
            cancellationToken);
        await Parallel.ForAsync(
            0,
            plan.Treasures.Count,
            new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentCommands, CancellationToken = cancellationToken },
            async (number, stop) => await HideAsync(client, number, now, stop));
        await client.CommandAsync($"/v1/hunts/{huntId}/open", $"{huntId}-open", null, cancellationToken);
    }

    public Task ChangeAsync(AdminApiClient client, string change, CancellationToken cancellationToken) =>
        client.CommandAsync($"/v1/hunts/{huntId}/{change}", $"{huntId}-{change}", null, cancellationToken);

    /// <summary>Prepares the requests of <paramref name="claims"/>: tokens, bodies, claim ids.</summary>
    public IReadOnlyList<PreparedClaim> Prepare(IReadOnlyList<PlannedClaim> claims) => [.. claims.Select(Prepare)];

    private async ValueTask HideAsync(AdminApiClient client, int number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var treasure = plan.Treasures[number];
        var clues = treasure.Clues.Select((text, n) => new { text, revealAt = now.AddMinutes(10 * n) });
        await client.CommandAsync(
            $"/v1/hunts/{huntId}/treasures",
            TreasureId(number),
            new
            {
                treasureId = TreasureId(number),
                name = treasure.Name,
                stock = treasure.Stock,
                perPlayer = treasure.PerPlayer,
                proof = treasure.Proof,
                clues
            },
            cancellationToken);
    }

    private PreparedClaim Prepare(PlannedClaim claim)
    {
        var player = plan.Players[claim.Player];
        var treasureId = TreasureId(claim.Treasure);
        var id = Ids.ForClaim(player, treasureId, claim.Key);
        var proofRight = plan.Treasures[claim.Treasure].Proof is not { } right || claim.Proof == right;
        if (!_histories.TryGetValue(id, out var history))
        {
            _histories[id] = history = new ClaimHistory(id, player, treasureId, proofRight);
        }

        return new PreparedClaim(
            new ClaimCall(ClaimsOf(treasureId), BearerOf(claim.Player), claim.Key, BodyOf(claim.Proof)), history, claim.OffsetMs);
    }

    private string TreasureId(int number) => string.Create(CultureInfo.InvariantCulture, $"{huntId}-{number + 1}");

    private Uri ClaimsOf(string treasureId) =>
        _claims.TryGetValue(treasureId, out var known) ? known : _claims[treasureId] = new Uri(url, $"/v1/treasures/{treasureId}/claims");

    private string BearerOf(int player) =>
        _bearers.TryGetValue(player, out var known) ? known : _bearers[player] = $"Bearer {tokens.Player(plan.Players[player])}";

    private byte[]? BodyOf(string? proof)
    {
        if (proof is null)
        {
            return null;
        }

        return _bodies.TryGetValue(proof, out var known) ? known : _bodies[proof] = JsonSerializer.SerializeToUtf8Bytes(new { proof });
    }
}
