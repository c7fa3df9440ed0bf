using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Storms;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A broker that takes what it is sent, and whose word does not come back.</summary>
[Collection(nameof(Fragile))]
public sealed class SilentBrokerTests(FragileEngine fixture) : FragileTests(fixture)
{
    private const string Door = "api-behind-relay";

    private readonly Relay _broker = Relay.To($"{Servers.RabbitMq.Host}:{Servers.RabbitMq.Port}");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var relay = new UriBuilder(Engine.Bus.AddressOf("api")) { Port = _broker.Port };
        await Engine.Add(Door, ("ConnectionStrings__RabbitMq", relay.Uri.ToString()));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.Host(Door).Kill();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_confirmation_that_is_lost_is_an_unknown_outcome_and_the_retry_counts_once()
    {
        var (huntId, treasureId) = await Treasure(stock: 5);
        await Engine.Player("bob", Door).Wins(treasureId, "key");

        _broker.HoldBack(Direction.ToClient);
        var unknown = await Engine.Player("alice", Door).Claim(treasureId, "key");
        await Engine.Nobody(Door).Becomes("read-only");
        var read = await Engine.Nobody(Door).Get($"/v1/treasures/{treasureId}");
        _broker.Release();
        var told = await Engine.Player("alice", "api-2").Claim(treasureId, "key");
        var again = await Engine.Player("alice", Door).Claim(treasureId, "key");

        Assert.Equal("503 outcome-unknown", unknown.Problem);
        Assert.Matches("^[123]$", unknown.Headers["Retry-After"]);
        Assert.Equal("200", read.Problem);
        await Engine.Nobody(Door).Becomes("normal");
        Assert.Equal((Outcomes.Won, told.Text), (told.Outcome, again.Text));
        Assert.Equal(2, (await Engine.Log.OfTreasure(treasureId)).Decisions().Count);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task A_claim_whose_message_was_lost_is_sent_by_its_retry_even_when_all_units_are_gone()
    {
        var (huntId, treasureId) = await Treasure(stock: 2);
        await Engine.Player("bob", Door).Wins(treasureId, "key");

        _broker.Swallow(Direction.ToServer);
        var unknown = await Engine.Player("alice", Door).Claim(treasureId, "key");
        _broker.Heal();
        Assert.Equal(Outcomes.Won, (await Engine.Player("carol", "api-2").Claim(treasureId, "key")).Outcome);
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("remaining") == 0);
        var retry = await Engine.Player("alice", "api-2").Claim(treasureId, "key");

        Assert.Equal("503 outcome-unknown", unknown.Problem);
        Assert.Equal(Reasons.TreasureExhausted, retry.Outcome);
        Assert.Equal(3, (await Engine.Log.OfTreasure(treasureId)).Decisions().Count);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task Who_waits_in_line_behind_a_message_without_confirmation_is_told_by_the_same_deadline()
    {
        var (_, treasureId) = await Treasure(stock: 100);
        await Engine.Player("bob", Door).Wins(treasureId, "key");

        _broker.HoldBack(Direction.ToClient);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            var asked = Stopwatch.GetTimestamp();
            var answer = await Engine.Player($"player-{n.ToString(CultureInfo.InvariantCulture)}", Door).Claim(treasureId, "key");
            return (answer.Problem, Took: Stopwatch.GetElapsedTime(asked));
        }));
        _broker.Release();

        Assert.All(answers, answer => Assert.Equal("503 outcome-unknown", answer.Problem));
        // Five seconds, and what a busy machine takes; a second message's own five would come on top.
        Assert.All(answers, answer => Assert.InRange(answer.Took, TimeSpan.Zero, TimeSpan.FromSeconds(9)));
    }

    [Fact]
    public async Task A_full_intake_refuses_at_once_and_what_it_took_is_decided()
    {
        var (_, treasureId) = await Treasure(stock: 0x10000);
        await Engine.Player("bob", Door).Wins(treasureId, "key");
        var answers = new ConcurrentBag<(string Player, string Problem, bool RetryAfter)>();

        _broker.HoldBack(Direction.ToClient);
        var calls = new List<Task>();
        for (var n = 0; n < 8000 && answers.All(answer => answer.Problem != "429 intake-full"); n++)
        {
            calls.Add(Call($"player-{n.ToString(CultureInfo.InvariantCulture)}"));
            if (n % 100 == 0)
            {
                await Task.Yield();
            }
        }

        _broker.Release();
        await Task.WhenAll(calls);

        var refused = answers.Where(answer => answer.Problem == "429 intake-full").ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.True(answer.RetryAfter));
        // A claim may be decided before its mark is set, and then its outcome is the answer.
        Assert.Equal(
            ["200", "202", "429 intake-full", "503 outcome-unknown"],
            answers.Select(answer => answer.Problem).Append("200").Append("202").Append("503 outcome-unknown").Distinct().Order());
        var accepted =
            answers.Where(answer => answer.Problem is "200" or "202").Select(answer => Ids.ForClaim(answer.Player, treasureId, "key"))
                .ToHashSet();
        await Until.True(
            "every accepted claim is decided",
            async () => accepted.IsSubsetOf((await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Id)));
        Assert.Empty(
            refused.Select(answer => Ids.ForClaim(answer.Player, treasureId, "key")).Intersect(
                (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Id)));

        async Task Call(string player)
        {
            var answer = await Engine.Player(player, Door).Claim(treasureId, "key", wait: 0);
            answers.Add((player, answer.Problem, answer.Headers.ContainsKey("Retry-After")));
        }
    }
}
