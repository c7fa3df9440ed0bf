using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>The claims lag behind the treasure after the loss of a Redis node.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ClaimLagTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_winner_that_repeats_its_key_gets_the_win_while_the_claims_lag_behind_the_treasure()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 1);
        var winner = Engine.Player("winner");
        var won = await winner.Claim(treasureId, "key");
        await winner.WaitForOutcome(won.ClaimId);
        await Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("remaining") == 0);

        await RestoreOldReplica(won.ClaimId);
        var again = await winner.Claim(treasureId, "key");

        Assert.Equal(("won", won.ClaimId), (again.Outcome, again.ClaimId));
    }

    private async Task<int> Generation(
        string readModel) => (await Engine.Admin("projections-1").Get("/admin/generations")).Json.EnumerateArray()
        .Single(one => one.GetProperty("readModel").GetString() == readModel).GetProperty("live").GetInt32();

    // Simulates a node that restored an old replica: without the claim, and with an early checkpoint.
    private async Task RestoreOldReplica(Guid claimId)
    {
        var names = new ReadModelKeys(Engine.Prefix);
        var claims = names.OfGeneration(ReadModelNames.Claims, await Generation(ReadModelNames.Claims));
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var claim = claims.Claim(claimId);
        await redis.GetDatabase().StringSetAsync(claims.Checkpoint(claim.Partition), 1);
        Assert.True(await redis.GetDatabase().KeyDeleteAsync(claim.Name));
        await redis.GetDatabase().KeyDeleteAsync(names.Pending(claimId));
    }
}
