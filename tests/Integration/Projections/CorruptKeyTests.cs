using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Replays;
using TreasureHunt.Integration.Storms;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A key of a read model that holds something else stops nothing else, and a replay mends it.</summary>
/// <remarks>These tests change the live generation: on an engine of other tests, a comparison with it would show differences.</remarks>
[Collection(nameof(Fragile))]
public sealed class CorruptKeyTests(FragileEngine fixture) : FragileTests(fixture)
{
    [Fact]
    public async Task A_key_of_another_type_is_isolated_and_the_other_keys_of_its_partition_are_written()
    {
        var (huntId, treasureId) = await Treasure(stock: 3);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var leaderboard = (await Engine.LiveKeys(ReadModelNames.Leaderboard)).Leaderboard(huntId);
        await redis.GetDatabase().StringSetAsync(leaderboard.Name, "somebody else's");

        var won = await Engine.Player("alice").Wins(treasureId, "key");

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Outcome(won.ClaimId)).Outcome);
        await Engine.Admin().SeesTreasure(treasureId, treasure => treasure.Number("remaining") == 2);
        await Until.True(
            "the key is reported", () => Engine.Host("projections-1").Output.Contains(leaderboard.Name, StringComparison.Ordinal));

        await Engine.Admin("projections-1").Replay(new { readModel = ReadModelNames.Leaderboard });
        await Until.True("the leaderboard of the new generation has the winner", async () =>
            (await Engine.Nobody().Get($"/v1/hunts/{huntId}/leaderboard")).Text.Contains("\"alice\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_could_not_be_written_is_a_503_and_never_an_older_one()
    {
        var (_, treasureId) = await Treasure(stock: 1);
        // A player of its own: the list of its claims cannot be read until the replay.
        var player = Engine.Player($"isolated-{Ids.FreshSlug()}");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var claim = await player.Wins(treasureId, "key");
        await player.Outcome(claim.ClaimId);
        var key = (await Engine.LiveKeys(ReadModelNames.Claims)).Claim(claim.ClaimId);

        await redis.GetDatabase().StringSetAsync(key.Name, VersionedValue.NotWritable(1).ToBytes());

        Assert.Equal("503 read-model-unavailable", (await player.Get($"/v1/claims/{claim.ClaimId}")).Problem);

        await Engine.Admin("projections-1").Replay(new { readModel = ReadModelNames.Claims });
        await Until.True(
            "the new generation has the outcome", async () => (await player.Get($"/v1/claims/{claim.ClaimId}")).Problem == "200");
    }
}
