using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The intake is full while the broker confirms nothing.</summary>
[Collection(nameof(OutageGroup))]
public sealed class FullIntakeTests(DisruptionEngine fixture) : BrokerRelayTests(fixture)
{
    [Fact]
    public async Task A_full_intake_refuses_at_once_and_its_accepted_claims_are_decided()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 0x10000);
        await Engine.Player("bob", ApiName).Wins(treasureId, "key");
        var answers = new ConcurrentBag<(string Player, string Problem, bool RetryAfter)>();

        Broker.Pause(Direction.ToClient);
        var calls = new List<Task>();
        for (var n = 0; n < 8000 && answers.All(answer => answer.Problem != "429 intake-full"); n++)
        {
            calls.Add(Call($"player-{n.ToString(CultureInfo.InvariantCulture)}"));
            if (n % 100 == 0)
            {
                await Task.Yield();
            }
        }

        Broker.Resume();
        await Task.WhenAll(calls);

        var refused = answers.Where(answer => answer.Problem == "429 intake-full").ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.True(answer.RetryAfter));
        // A claim may be decided before it is marked as pending; then the response has its outcome.
        Assert.Equal(
            ["200", "202", "429 intake-full", "503 outcome-unknown"],
            answers.Select(answer => answer.Problem).Append("200").Append("202").Append("503 outcome-unknown").Distinct().Order());
        var accepted =
            answers.Where(answer => answer.Problem is "200" or "202").Select(answer => Ids.ForClaim(answer.Player, treasureId, "key"))
                .ToHashSet();
        await Poll.Until(
            "every accepted claim is decided",
            async () => accepted.IsSubsetOf((await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Id)));
        Assert.Empty(
            refused.Select(answer => Ids.ForClaim(answer.Player, treasureId, "key")).Intersect(
                (await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Id)));

        async Task Call(string player)
        {
            var answer = await Engine.Player(player, ApiName).Claim(treasureId, "key", wait: 0);
            answers.Add((player, answer.Problem, answer.Headers.ContainsKey("Retry-After")));
        }
    }
}
