using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>Caches that lose data are rebuilt, and no response reports existing data as missing.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class CacheLossTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Theory]
    [InlineData("every node")]
    [InlineData("one node")]
    public async Task Redis_emptied_under_peak_load_is_refilled_and_every_response_is_correct_or_503(string nodes)
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 300);
        var early = await Engine.Player("early").Claim(await Engine.Admin().Hide(huntId), "key");
        await Engine.Player("early").WaitForOutcome(early.ClaimId);
        var load = new PeakLoadRun(Engine, treasureId, players: 300, claimsEach: 4, keysEach: 1);
        using var end = new CancellationTokenSource();
        var readers = ((string[])["api-1", "api-2"]).Select(api => new PollingReader(Engine, api, huntId, treasureId, early.ClaimId))
            .ToList();
        var polling = readers.Select(reader => reader.Read(end.Token)).ToList();

        var running = load.Run();
        await load.WaitForAnswers(200);
        Assert.NotEqual(0, await RedisKeys.Delete(Servers.RedisReadModels, $"{Engine.Prefix}:*", nodes: nodes == "one node" ? 1 : 3));
        await running;

        await load.AssertMatchesEventStore(stock: 300);
        await Engine.AssertCleanAudit(huntId);
        await end.CancelAsync();
        await Task.WhenAll(polling);
        Assert.All(readers, reader => Assert.Empty(reader.Errors));
        Assert.All(readers, reader => Assert.True(reader.Answers > 0));
    }

    [Fact]
    public async Task Keys_lost_by_Memcached_are_rebuilt()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 5);
        await Engine.ClaimByTenPlayers(treasureId, "key");
        var before = await Generation("memcached");

        await Poll.Until("Memcached has a new generation", async () =>
        {
            // A missing checkpoint marks the generation as incomplete. A batch in progress may have written it again.
            await MemcachedCommands.DeleteAsync(
                Servers.Memcached, new ReadModelKeys(Engine.Prefix).OfGeneration(ReadModelNames.Memcached, before).Checkpoint(0),
                TestContext.Current.CancellationToken);
            return await Generation("memcached") > before;
        });
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("remaining") == 0);
        await Engine.AssertCleanAudit(huntId);
    }

    private async Task<int> Generation(
        string readModel) => (await Engine.Admin("projections-1").Get("/admin/generations")).Json.EnumerateArray()
        .Single(one => one.GetProperty("readModel").GetString() == readModel).GetProperty("live").GetInt32();
}
