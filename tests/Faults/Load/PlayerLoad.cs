using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// Recorded players: some claim, some read, each with one call at a time. After an inconclusive answer a player repeats its claim with the
/// same key, as storefronts do. The seed determines the claims.
/// </summary>
/// <param name="pauseFactor">How many times longer players pause between calls.</param>
public sealed class PlayerLoad(RecordingClaimsClient client, FaultHunt hunt, int seed, double pauseFactor)
{
    private const int ClaimingClients = 16;
    private const int ReadingClients = 4;

    /// <summary>Players whose claims one client sends.</summary>
    private const int PlayersPerClient = 40;

    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, PlayerClaim> _open = new();

    /// <summary>Calls until cancellation.</summary>
    public Task Run(CancellationToken end) => Task.WhenAll([
        .. Enumerable.Range(0, ClaimingClients).Select(number => SendClaims(number, end)),
        .. Enumerable.Range(ClaimingClients, ReadingClients).Select(number => SendReads(number, end)),
    ]);

    /// <summary>Requests the outcome of each open claim until it is final, or until the timeout.</summary>
    public async Task Settle()
    {
        using var end = new CancellationTokenSource(SettleTimeout);
        var byClient = _open.Values.GroupBy(open => open.Client).ToList();
        await Task.WhenAll(byClient.Select(async group =>
        {
            foreach (var claim in group)
            {
                while (!IsClosedBy(await SendOrPoll(claim), claim) && !end.IsCancellationRequested)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(300));
                }
            }
        }));
    }

    private async Task SendClaims(int number, CancellationToken end)
    {
        var random = new Random(unchecked((seed * 1009) + number));
        var earlier = new List<PlayerClaim>();
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            var treasure = hunt.TreasureIds[random.Next(hunt.TreasureIds.Count)];
            // The first player claims more often than the others, beyond the limit of a player.
            var player = string.Create(
                CultureInfo.InvariantCulture, $"p{number}-{(random.Next(5) == 0 ? 0 : random.Next(PlayersPerClient))}");
            var key = string.Create(CultureInfo.InvariantCulture, $"{seed}-{number}-{n}");
            // One in ten is followed by a repeat of an earlier claim, whose treasure may have sold out since.
            var repeatsEarlier = random.Next(10) == 0;
            var claim = new PlayerClaim(number, player, treasure, key, ProofFor(treasure, random));
            earlier.Add(claim);
            for (var isClosed = false; !end.IsCancellationRequested && !isClosed;)
            {
                isClosed = IsClosedBy(await SendOrPoll(claim), claim);
                await Pause(random, isClosed ? 10 : 100, end);
            }

            if (repeatsEarlier && !end.IsCancellationRequested)
            {
                await Send(earlier[random.Next(earlier.Count)]);
            }
        }
    }

    private async Task SendReads(int number, CancellationToken end)
    {
        var random = new Random(unchecked((seed * 2003) + number));
        var player = $"r{number}";
        while (!end.IsCancellationRequested)
        {
            _ = random.Next(4) == 0
                ? await client.GetHunt(number, player, hunt.HuntId)
                : await client.GetTreasure(number, player, hunt.TreasureIds[random.Next(hunt.TreasureIds.Count)]);
            await Pause(random, 20, end);
        }
    }

    // Never sends an accepted claim again: a repeat would hide its loss.
    private Task<Call> SendOrPoll(PlayerClaim claim) => claim.IsAccepted
        ? client.GetOutcome(claim.Client, claim.Player, Ids.ForClaim(claim.Player, claim.Treasure, claim.Key))
        : Send(claim);

    private Task<Call> Send(PlayerClaim claim) => client.Claim(
        claim.Client, claim.Player, claim.Treasure, claim.Key, claim.Proof, isProofCorrect: claim.Proof == hunt.ProofOf(claim.Treasure));

    // One in five sends a wrong proof.
    private string? ProofFor(string treasure, Random random) =>
        hunt.ProofOf(treasure) is not { } proof ? null : random.Next(5) == 0 ? "a guess" : proof;

    // A claim is open until it has a final outcome, or until the Api refuses it, which records nothing.
    private bool IsClosedBy(Call call, PlayerClaim claim)
    {
        claim.IsAccepted |= call.Outcome is not null;
        var isClosed = call.HasFinalOutcome || (call.Kind == CallKind.Claim && call.Result == CallResult.Refused);
        if (isClosed)
        {
            _open.TryRemove(call.ClaimId!.Value, out _);
        }
        else
        {
            _open[call.ClaimId!.Value] = claim;
        }

        return isClosed;
    }

    private async Task Pause(Random random, int milliseconds, CancellationToken end) =>
        await Task.Delay(TimeSpan.FromMilliseconds(pauseFactor * milliseconds * (0.5 + random.NextDouble())), end)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
