using System.Collections.Concurrent;
using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Memcached;
using TreasureHunt.Integration.Storms;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>Caches may lose what they hold; nobody is told that it does not exist, and it comes back by itself.</summary>
[Collection(nameof(Fragile))]
public sealed class LossTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Theory]
    [InlineData("every node")]
    [InlineData("one node")]
    public async Task Redis_emptied_in_a_storm_is_filled_again_and_every_answer_meanwhile_is_right_or_an_honest_503(string what)
    {
        var (huntId, treasureId) = await Treasure(stock: 300);
        var early = await Engine.Player("early").Claim(await Engine.Admin().Hide(huntId), "key");
        await Engine.Player("early").Outcome(early.ClaimId);
        var storm = new PeakLoadRun(Engine, treasureId, players: 300, claimsEach: 4, keysEach: 1);
        using var end = new CancellationTokenSource();
        var readers = ((string[])["api-1", "api-2"]).Select(door => new PollingReader(Engine, door, huntId, treasureId, early.ClaimId))
            .ToList();
        var reading = readers.Select(reader => reader.Read(end.Token)).ToList();

        var blowing = storm.Blow();
        await storm.Reaches(200);
        Assert.NotEqual(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:*", nodes: what == "one node" ? 1 : 3));
        await blowing;

        await storm.AgreesWithTheLog(stock: 300);
        await Engine.CleanAudit(huntId);
        await end.CancelAsync();
        await Task.WhenAll(reading);
        Assert.All(readers, reader => Assert.Empty(reader.Lies));
        Assert.All(readers, reader => Assert.True(reader.Answers > 0));
    }

    [Fact]
    public async Task A_winner_who_asks_again_is_not_told_that_all_is_gone_while_the_claims_are_behind_the_treasure()
    {
        var (_, treasureId) = await Treasure(stock: 1);
        var winner = Engine.Player("winner");
        var won = await winner.Claim(treasureId, "key");
        await winner.Outcome(won.ClaimId);
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("remaining") == 0);

        await FallBehind(won.ClaimId);
        var again = await winner.Claim(treasureId, "key");

        Assert.Equal(("won", won.ClaimId), (again.Outcome, again.ClaimId));
    }

    [Fact]
    public async Task What_Memcached_has_lost_is_filled_again()
    {
        var (huntId, treasureId) = await Treasure(stock: 5);
        await Engine.Crowd(treasureId, "key");
        var before = await Generation("memcached");
        await using var memcached = await RealServer.ConnectAsync(Servers.Memcached);

        await Until.True("Memcached has another generation", async () =>
        {
            // The marker is what says that the rest is there. A page that was on its way may have brought it back.
            await memcached.DeleteAsync(new ReadModelKeys(Engine.Prefix).In(ReadModelNames.Memcached, before).Checkpoint(0));
            return await Generation("memcached") > before;
        });
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Number("remaining") == 0);
        await Engine.CleanAudit(huntId);
    }

    [Fact]
    public async Task Of_two_replays_of_a_read_model_one_runs_and_whoever_leads_next_goes_on_with_it()
    {
        var (huntId, treasureId) = await Treasure(stock: 5);
        await Engine.Crowd(treasureId, "key");
        await Engine.Add("projections-2");

        // While nobody leads, what is asked for waits.
        await Engine.Host("projections-1").Kill();
        var desk = Engine.Admin("projections-2");
        var asked = await desk.Post("/admin/replays", new { readModel = "claims" });
        var again = await desk.Post("/admin/replays", new { readModel = "claims" });

        Assert.Equal(("202", "409 not-allowed-now"), (asked.Problem, again.Problem));
        var ended = await desk.Ends(asked.Id);
        Assert.Equal("done", ended.Word("state"));
        await Engine.CleanAudit(huntId, "projections-2");
        await Engine.Host("projections-2").Kill();
    }

    private async Task<int> Generation(
        string readModel) => (await Engine.Admin("projections-1").Get("/admin/generations")).Json.EnumerateArray()
        .Single(one => one.GetProperty("readModel").GetString() == readModel).GetProperty("live").GetInt32();

    // As a node is after its loss, when another has given back what it knew: without the claim, and with an early marker.
    private async Task FallBehind(Guid claimId)
    {
        var names = new ReadModelKeys(Engine.Prefix);
        var claims = names.In(ReadModelNames.Claims, await Generation(ReadModelNames.Claims));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var claim = claims.Claim(claimId);
        await redis.GetDatabase().StringSetAsync(claims.Checkpoint(claim.Partition), 1);
        Assert.True(await redis.GetDatabase().KeyDeleteAsync(claim.Name));
        await redis.GetDatabase().KeyDeleteAsync(names.Pending(claimId));
    }

    /// <summary>Reads again and again at one door, and knows what must not be said.</summary>
    private sealed class PollingReader(Engine engine, string door, string huntId, string treasureId, Guid claimId)
    {
        private readonly ConcurrentDictionary<string, long> _seen = new();

        public ConcurrentBag<string> Lies { get; } = [];

        public int Answers { get; private set; }

        public async Task Read(CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                foreach (var path in (string[])[$"/v1/treasures/{treasureId}", $"/v1/hunts/{huntId}", $"/v1/claims/{claimId}"])
                {
                    var answer = await engine.Player("early", door).Get(path);
                    if (answer.Problem == "200")
                    {
                        var sequence = long.Parse(answer.Headers["Hunt-Sequence"], CultureInfo.InvariantCulture);
                        if (sequence < _seen.GetValueOrDefault(path))
                        {
                            Lies.Add($"{path} went back from {_seen[path]} to {sequence}");
                        }

                        _seen[path] = sequence;
                        Answers++;
                    }
                    else if (answer.Problem != "503 read-model-unavailable")
                    {
                        Lies.Add($"{path}: {answer}");
                    }
                }
            }
        }
    }
}
