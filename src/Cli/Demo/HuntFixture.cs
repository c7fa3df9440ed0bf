using System.Globalization;
using System.Text.Json;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// A hunt in the engine that a plan is played on. Its treasures have ids of their own, so that a plan can be played again and again.
/// </summary>
public sealed class HuntFixture(string huntId, string name, Plan plan, Uri url, Tokens tokens, TimeProvider timeProvider)
{
    /// <summary>More than this at once gains nothing: the engine takes admin commands one after the other.</summary>
    private const int HiddenAtOnce = 8;

    private readonly Dictionary<Guid, ClaimHistory> _histories = [];
    private readonly Dictionary<string, Uri> _claims = [];
    private readonly Dictionary<int, string> _bearers = [];
    private readonly Dictionary<string, byte[]> _bodies = [];

    public string HuntId => huntId;

    public Plan Plan => plan;

    /// <summary>What became of every claim that was sent, as far as its callers were told.</summary>
    public IReadOnlyList<Promise> Promises() => [.. _histories.Values.Where(history => history.WasSent).Select(history => history.Promise)];

    /// <summary>Creates the hunt with its treasures and opens it.</summary>
    public async Task SetUpAsync(AdminApiClient desk, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        await desk.CommandAsync(
            "/v1/hunts",
            huntId,
            new { huntId, name, opensAt = now.AddMinutes(1), closesAt = now.AddDays(1), playerLimit = plan.PlayerLimit },
            cancellationToken);
        await Parallel.ForAsync(
            0,
            plan.Treasures.Count,
            new ParallelOptions { MaxDegreeOfParallelism = HiddenAtOnce, CancellationToken = cancellationToken },
            async (number, stop) => await HideAsync(desk, number, now, stop));
        await desk.CommandAsync($"/v1/hunts/{huntId}/open", $"{huntId}-open", null, cancellationToken);
    }

    public Task ChangeAsync(AdminApiClient desk, string change, CancellationToken cancellationToken) =>
        desk.CommandAsync($"/v1/hunts/{huntId}/{change}", $"{huntId}-{change}", null, cancellationToken);

    /// <summary>Makes the sends of <paramref name="claims"/> ready: tokens, bodies, claim ids.</summary>
    public IReadOnlyList<Send> MakeReady(IReadOnlyList<PlannedClaim> claims) => [.. claims.Select(MakeReady)];

    private async ValueTask HideAsync(AdminApiClient desk, int number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var treasure = plan.Treasures[number];
        var clues = treasure.Clues.Select((text, place) => new { text, revealAt = now.AddMinutes(10 * place) });
        await desk.CommandAsync(
            $"/v1/hunts/{huntId}/treasures",
            TreasureId(number),
            new
            {
                treasureId = TreasureId(
                number),
                name = treasure.Name,
                stock = treasure.Stock,
                perPlayer = treasure.PerPlayer,
                proof = treasure.Proof,
                clues
            },
            cancellationToken);
    }

    private Send MakeReady(PlannedClaim claim)
    {
        var player = plan.Players[claim.Player];
        var treasureId = TreasureId(claim.Treasure);
        var id = Ids.ForClaim(player, treasureId, claim.Key);
        var proofRight = plan.Treasures[claim.Treasure].Proof is not { } right || claim.Proof == right;
        if (!_histories.TryGetValue(id, out var history))
        {
            _histories[id] = history = new ClaimHistory(id, player, treasureId, proofRight);
        }

        return new Send(
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
