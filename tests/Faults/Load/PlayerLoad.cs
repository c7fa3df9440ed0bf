using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// Players who claim and readers who look, each one call after the other, for as long as it is told. A player who was told nothing definite
/// asks again with the same key, as storefronts do. Who claims what follows from the seed.
/// </summary>
/// <param name="pauses">How many times as long as usual they pause between calls.</param>
public sealed class PlayerLoad(RecordingClaimsClient door, FaultHunt stage, int seed, double pauses)
{
    private const int Claimers = 16;
    private const int Readers = 4;

    /// <summary>Players that one claimer speaks for.</summary>
    private const int PlayersEach = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<Guid, Open> _open = new();

    public Task Run(CancellationToken end) => Task.WhenAll(
        [.. Enumerable.Range(0, Claimers).Select(client => Claim(client, end)), .. Enumerable.Range(Claimers, Readers).Select(
            client => Read(client, end))]);

    /// <summary>Asks after every claim that is still open, until each is answered for good or patience is at its end.</summary>
    public async Task Settle()
    {
        using var end = new CancellationTokenSource(Patience);
        var byClient = _open.Values.GroupBy(open => open.Client).ToList();
        await Task.WhenAll(byClient.Select(async group =>
        {
            foreach (var open in group)
            {
                while (!Ends(await Ask(open), open) && !end.IsCancellationRequested)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(300));
                }
            }
        }));
    }

    private async Task Claim(int client, CancellationToken end)
    {
        var dice = new Random(unchecked((seed * 1009) + client));
        var earlier = new List<Open>();
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            var treasure = stage.Treasures[dice.Next(stage.Treasures.Count)];
            // One of them claims more often than the others, beyond what one player may have.
            var player = string.Create(CultureInfo.InvariantCulture, $"p{client}-{(dice.Next(5) == 0 ? 0 : dice.Next(PlayersEach))}");
            var key = string.Create(CultureInfo.InvariantCulture, $"{seed}-{client}-{n}");
            // Now and then a player sends again what it was told long ago, perhaps of a treasure that is gone since.
            var again = dice.Next(10) == 0;
            var open = new Open(client, player, treasure, key, ProofFor(treasure, dice));
            earlier.Add(open);
            for (var ends = false; !end.IsCancellationRequested && !ends;)
            {
                ends = Ends(await Ask(open), open);
                await Pause(dice, ends ? 10 : 100, end);
            }

            if (again && !end.IsCancellationRequested)
            {
                await Send(earlier[dice.Next(earlier.Count)]);
            }
        }
    }

    private async Task Read(int client, CancellationToken end)
    {
        var dice = new Random(unchecked((seed * 2003) + client));
        var player = $"r{client}";
        while (!end.IsCancellationRequested)
        {
            _ = dice.Next(4) == 0
                ? await door.Hunt(client, player, stage.HuntId)
                : await door.Treasure(client, player, stage.Treasures[dice.Next(stage.Treasures.Count)]);
            await Pause(dice, 20, end);
        }
    }

    // What was accepted is asked after and never sent again: if it was lost, nobody brings it back.
    private Task<Call> Ask(Open open) => open.Accepted
        ? door.Outcome(open.Client, open.Player, Ids.ForClaim(open.Player, open.Treasure, open.Key))
        : Send(open);

    private Task<Call> Send(Open open) =>
        door.Claim(open.Client, open.Player, open.Treasure, open.Key, open.Proof, proofRight: open.Proof == stage.ProofOf(open.Treasure));

    // One in five does not know it.
    private string? ProofFor(string treasure, Random dice) =>
        stage.ProofOf(treasure) is not { } proof ? null : dice.Next(5) == 0 ? "a guess" : proof;

    // A claim is open until its outcome is told, or it was refused at the door on its first try: then nothing is recorded.
    private bool Ends(Call call, Open open)
    {
        open.Accepted |= call.Outcome is not null;
        var ends = call.TellsOutcome || (call.Kind == CallKind.Claim && call.Result == CallResult.Refused);
        if (ends)
        {
            _open.TryRemove(call.ClaimId!.Value, out _);
        }
        else
        {
            _open[call.ClaimId!.Value] = open;
        }

        return ends;
    }

    // What a player does between two calls: there is nothing to wait for.
    private Task Pause(Random dice, int milliseconds, CancellationToken end) =>
        Task.Delay(TimeSpan.FromMilliseconds(pauses * milliseconds * (0.5 + dice.NextDouble())), end).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private sealed record Open(int Client, string Player, string Treasure, string Key, string? Proof)
    {
        public bool Accepted { get; set; }
    }
}
