using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A corrupt key of a read model affects no other key, and a replay repairs it.</summary>
/// <remarks>These tests change the live generation. On a shared engine the comparisons of other tests would show differences.</remarks>
[Collection(nameof(DisruptionGroup))]
public sealed class CorruptKeyTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_key_of_another_type_is_isolated_and_the_other_keys_of_its_partition_are_written()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 3);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var leaderboard = (await Engine.LiveKeys(ReadModelNames.Leaderboard)).Leaderboard(huntId);
        await redis.GetDatabase().StringSetAsync(leaderboard.Name, "a value of another type");

        var won = await Engine.Player("alice").Wins(treasureId, "key");

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").WaitForOutcome(won.ClaimId)).Outcome);
        await Engine.Admin().WaitForTreasure(treasureId, treasure => treasure.NumberOf("remaining") == 2);
        await Poll.Until(
            "the key is reported", () => Engine.Host("projections-1").Output.Contains(leaderboard.Name, StringComparison.Ordinal));

        await Engine.Admin("projections-1").RunReplay(new { readModel = ReadModelNames.Leaderboard });
        await Poll.Until("the leaderboard of the new generation has the winner", async () =>
            (await Engine.Anonymous().Get($"/v1/hunts/{huntId}/leaderboard")).Text.Contains("\"alice\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_state_that_is_not_writable_gets_503_and_never_an_older_value()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 1);
        // A separate player, because its list of claims is unreadable until the replay.
        var player = Engine.Player($"isolated-{Ids.FreshSlug()}");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var claim = await player.Wins(treasureId, "key");
        await player.WaitForOutcome(claim.ClaimId);
        var key = (await Engine.LiveKeys(ReadModelNames.Claims)).Claim(claim.ClaimId);

        await redis.GetDatabase().StringSetAsync(key.Name, VersionedValue.NotWritable(1).ToBytes());

        Assert.Equal("503 read-model-unavailable", (await player.Get($"/v1/claims/{claim.ClaimId}")).Problem);

        await Engine.Admin("projections-1").RunReplay(new { readModel = ReadModelNames.Claims });
        await Poll.Until(
            "the new generation has the outcome", async () => (await player.Get($"/v1/claims/{claim.ClaimId}")).Problem == "200");
    }
}
