using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>Claims in Redis expire some time after their hunt, and no check treats that as a loss.</summary>
public sealed class RetentionTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_claim_and_its_players_list_expire_after_the_hunt()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 2);
        var player = $"player-{Ids.FreshSlug()}";
        var won = await Engine.Player(player).Wins(treasureId, "key");
        await Engine.Player(player).WaitForOutcome(won.ClaimId);
        var closesAt = (await Engine.Anonymous().Get($"/v1/hunts/{huntId}"))["closesAt"].GetDateTimeOffset();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var keys = await Engine.LiveKeys(ReadModelNames.Claims);
        var (claim, list) = (keys.Claim(won.ClaimId).Name, keys.PlayerClaims(player).Name);

        Assert.All(
            await Task.WhenAll(redis.GetDatabase().KeyExpireTimeAsync(claim), redis.GetDatabase().KeyExpireTimeAsync(list)),
            expiry => Assert.Equal(closesAt.UtcDateTime.AddDays(400), expiry!.Value, TimeSpan.FromSeconds(1)));
        Assert.Null(await redis.GetDatabase().KeyExpireTimeAsync(keys.Checkpoint(0)));
        Assert.False(await redis.GetDatabase().KeyExistsAsync(new ReadModelKeys(Engine.Prefix).Pending(won.ClaimId)));
    }

    [Fact]
    public async Task An_expired_claim_is_not_written_and_does_not_count_as_a_difference()
    {
        var (huntId, treasureId, player) = ($"past-{Ids.FreshSlug()}", $"past-{Ids.FreshSlug()}", $"player-{Ids.FreshSlug()}");
        var then = new DateTimeOffset(2020, 1, 1, 18, 0, 0, TimeSpan.Zero);
        var claimId = Ids.Fresh();

        await Engine.Append(
        [
            (StreamNames.Hunt(huntId), new HuntDrafted(huntId, then, "Long ago", then, then.AddHours(2), null)),
            (StreamNames.Hunt(huntId), new HuntOpened(huntId, then)),
            (StreamNames.Treasure(treasureId), new TreasureHidden(treasureId, huntId, then, "Golden goose", 1, 1, null, [])),
            (StreamNames.Treasure(treasureId), new TreasureAwarded(
                treasureId, huntId, claimId, player, 1, then.AddHours(1), then.AddHours(1))),
        ]);

        await Engine.Admin().WaitForTreasure(
            treasureId, treasure => treasure.Status == System.Net.HttpStatusCode.OK && treasure.NumberOf("remaining") == 0);
        await Engine.AssertCleanAudit(huntId);
        Assert.Equal("404 claim-not-found", (await Engine.Player(player).Get($"/v1/claims/{claimId}")).Problem);
        Assert.Equal(0, (await Engine.Player(player).Get("/v1/players/me/claims"))["claims"].GetArrayLength());
    }
}
