using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// Many players claim one treasure concurrently through both Apis. A caller without an outcome retries
/// with the same key at the other Api.
/// </summary>
internal sealed class PeakLoadRun(Engine engine, string treasureId, int players, int claimsEach, int keysEach)
{
    private const int MaxConcurrentCalls = 200;

    private static readonly string[] ApiNames = ["api-1", "api-2"];

    private readonly ConcurrentBag<PeakOutcome> _outcomes = [];

    /// <summary>The outcome of every call so far.</summary>
    public IReadOnlyCollection<PeakOutcome> Outcomes => _outcomes;

    /// <summary>Waits until a number of claims have an outcome.</summary>
    public Task WaitForAnswers(int answers) => Poll.Until($"{answers} claims are answered", () => _outcomes.Count >= answers);

    public Task Run()
    {
        // Each round covers all players, so that a repeated key meets its first claim or its outcome.
        var calls = from round in Enumerable.Range(0, claimsEach) from player in Enumerable.Range(0, players) select (player, round);
        return Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentCalls }, async (call, _) =>
            _outcomes.Add(
                await ClaimUntilDecided(
                    Name(call.player), Key(call.round % keysEach), ApiNames[(call.player + call.round) % ApiNames.Length])));
    }

    /// <summary>Runs the load and an action while the projections are suspended.</summary>
    public async Task RunWithoutProjections(Func<Task>? action = null)
    {
        await engine.Host("projections-1").Suspend();
        try
        {
            await Task.WhenAll(Run(), action?.Invoke() ?? Task.CompletedTask);
        }
        finally
        {
            await engine.Host("projections-1").Resume();
        }
    }

    /// <summary>
    /// Compares the outcomes with the event store: each claim has exactly one recorded outcome, every caller got it, and no
    /// more units are awarded than in stock.
    /// </summary>
    public async Task<IReadOnlyList<IClaimEvent>> AssertMatchesEventStore(int stock)
    {
        var events = await engine.EventStore.OfTreasure(treasureId);
        var decisions = events.Decisions();
        var expected =
            from player in Enumerable.Range(
                0, players)
            from key in Enumerable.Range(0, keysEach)
            select Ids.ForClaim(Name(player), treasureId, Key(key));
        Assert.Equal(expected.Order(), decisions.Select(decision => decision.ClaimId).Order());
        var decided = decisions.ToDictionary(decision => decision.ClaimId);
        Assert.All(
            _outcomes, outcome =>
                Assert.Equal((decided[outcome.ClaimId].Outcome(), decided[outcome.ClaimId].Position), (outcome.Outcome, outcome.Position)));
        Assert.Equal(Math.Min(stock, players), events.Awards().Count);
        Assert.Equal(events.Awards().Count, events.Awards().DistinctBy(award => award.PlayerId).Count());
        Assert.Equal(
            Enumerable.Range(1, decisions.Count).Select(position => (long)position),
            decisions.Select(decision => decision.Position).Order());
        Assert.All(
            events.Where(stored => stored.Data is IClaimEvent), stored => Assert.Equal(((IClaimEvent)stored.Data).ClaimId, stored.Id));
        return decisions;
    }

    private async Task<PeakOutcome> ClaimUntilDecided(string player, string key, string api)
    {
        var answer = await Poll.For($"{player} gets the outcome of {key}", async () =>
        {
            // A call without an outcome is retried at the other Api.
            var at = engine.Player(player, api);
            api = ApiNames.Single(other => other != api);
            var claimed = await at.Claim(treasureId, key);
            return claimed.Problem switch
            {
                "200" => claimed,
                "202" => await at.WaitForOutcome(claimed.ClaimId),
                "503 outcome-unknown" => null,
                _ => throw new InvalidOperationException(claimed.ToString()),
            };
        });
        return new PeakOutcome(player, answer.ClaimId, answer.Outcome, answer.NumberOf("position")!.Value);
    }

    private static string Name(int player) => $"player-{player.ToString(CultureInfo.InvariantCulture)}";

    private static string Key(int key) => $"key-{key.ToString(CultureInfo.InvariantCulture)}";
}
