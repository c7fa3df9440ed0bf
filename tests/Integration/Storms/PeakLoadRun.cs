using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Storms;

/// <summary>
/// A crowd that claims one treasure over both doors at once. Every caller waits for its outcome, and comes back with the
/// same key, at the other door, when it got none.
/// </summary>
internal sealed class PeakLoadRun(Engine engine, string treasureId, int players, int claimsEach, int keysEach)
{
    private const int AtOnce = 200;

    private static readonly string[] Doors = ["api-1", "api-2"];

    private readonly ConcurrentBag<PeakOutcome> _told = [];

    /// <summary>What every call was told in the end.</summary>
    public IReadOnlyCollection<PeakOutcome> Heard => _told;

    /// <summary>Ends in the middle of it.</summary>
    public Task Reaches(int answers) => Until.True($"{answers} claims are answered", () => _told.Count >= answers);

    public Task Blow()
    {
        // Round by round over the players, so that the repetitions of a key meet its first claim or its outcome.
        var calls = from round in Enumerable.Range(0, claimsEach) from player in Enumerable.Range(0, players) select (player, round);
        return Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, _) =>
            _told.Add(await Insist(Name(call.player), Key(call.round % keysEach), Doors[(call.player + call.round) % Doors.Length])));
    }

    /// <summary>
    /// Holds what was told against the log: each claim has exactly one outcome there, the one that everybody heard, and no
    /// more units were given than there are.
    /// </summary>
    public async Task<IReadOnlyList<IClaimEvent>> AgreesWithTheLog(int stock)
    {
        var facts = await engine.Log.OfTreasure(treasureId);
        var decisions = facts.Decisions();
        var wanted =
            from player in Enumerable.Range(
                0, players)
            from key in Enumerable.Range(0, keysEach)
            select Ids.ForClaim(Name(player), treasureId, Key(key));
        Assert.Equal(wanted.Order(), decisions.Select(decision => decision.ClaimId).Order());
        var outcomes = decisions.ToDictionary(decision => decision.ClaimId);
        Assert.All(
            _told, told =>
                Assert.Equal((outcomes[told.ClaimId].Outcome(), outcomes[told.ClaimId].Position), (told.Outcome, told.Position)));
        Assert.Equal(Math.Min(stock, players), facts.Awards().Count);
        Assert.Equal(facts.Awards().Count, facts.Awards().DistinctBy(award => award.PlayerId).Count());
        Assert.Equal(
            Enumerable.Range(1, decisions.Count).Select(position => (long)position),
            decisions.Select(decision => decision.Position).Order());
        Assert.All(facts.Where(fact => fact.Data is IClaimEvent), fact => Assert.Equal(((IClaimEvent)fact.Data).ClaimId, fact.Id));
        return decisions;
    }

    private async Task<PeakOutcome> Insist(string player, string key, string door)
    {
        var answer = await Until.Some($"{player} hears what became of {key}", async () =>
        {
            // Whoever gets no answer tries the other door.
            var at = engine.Player(player, door);
            door = Doors.Single(other => other != door);
            var claimed = await at.Claim(treasureId, key);
            return claimed.Problem switch
            {
                "200" => claimed,
                "202" => await at.Outcome(claimed.ClaimId),
                "503 outcome-unknown" => null,
                _ => throw new InvalidOperationException(claimed.ToString()),
            };
        });
        return new PeakOutcome(player, answer.ClaimId, answer.Outcome, answer.Number("position")!.Value);
    }

    private static string Name(int player) => $"player-{player.ToString(CultureInfo.InvariantCulture)}";

    private static string Key(int key) => $"key-{key.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>What a caller heard of its claim.</summary>
internal sealed record PeakOutcome(string PlayerId, Guid ClaimId, string Outcome, long Position);
