using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Audits;

/// <summary>The audit of a hunt in which claims are decided meanwhile.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class RunningHuntAuditTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_leaderboard_that_is_newer_than_the_last_event_that_the_audit_read_is_no_difference()
    {
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.Player("alice").Wins(await Engine.Admin().Hide(huntId), "key");
        await Engine.AssertCleanAudit(huntId);
        var keys = await Engine.LiveKeys(ReadModelNames.Leaderboard);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var redis = connection.GetDatabase();

        // As if an award had been projected after the audit read its last event; the event of another hunt has this sequence.
        await Engine.Admin().OpenHunt();
        var newer = await Engine.EventStore.Value<long>($"select max(seq_id) from {Engine.Schema}.mt_events");
        await redis.StringSetAsync(keys.LeaderboardSequence(huntId).Name, newer);
        await redis.SortedSetIncrementAsync(keys.Leaderboard(huntId).Name, "alice", 1);
        Assert.Equal(0, await Differences());

        // Without the newer sequence it is one.
        await redis.StringSetAsync(keys.LeaderboardSequence(huntId).Name, 1);
        Assert.Equal(1, await Differences());
        await redis.SortedSetDecrementAsync(keys.Leaderboard(huntId).Name, "alice", 1);
        Assert.Equal(0, await Differences());

        async Task<int> Differences() => (await Engine.Admin("projections-1").Get($"/admin/audit?huntId={huntId}"))["hunts"][0]
            .GetProperty("readModelDifferences").GetInt32();
    }
}
