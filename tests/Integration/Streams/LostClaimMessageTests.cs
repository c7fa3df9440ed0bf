using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>A message about a claim is lost between Redis and an Api.</summary>
/// <remarks>It writes to the live generation. On a shared engine the comparisons of other tests would show differences.</remarks>
[Collection(nameof(DisruptionGroup))]
public sealed class LostClaimMessageTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_claim_whose_message_was_lost_is_sent_after_a_gap_in_the_messages()
    {
        const string ApiName = "api-lost-messages";
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.StartHost(ApiName);
        var player = $"player-{Ids.FreshSlug()[^12..]}";
        await using var client = await StreamClient.Connect(Engine.Player(player, ApiName), huntId);
        await client.WaitFor(StreamClient.Claims, _ => true);

        // The claim is written to Redis, but no message has it.
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var keys = new ReadModelKeys(Engine.Prefix);
        var live = await Engine.LiveKeys(ReadModelNames.Claims);
        var upTo = (long)await redis.GetDatabase().StringGetAsync(live.Checkpoint(0));
        var claim = new ClaimView(Ids.Fresh(), "goose", huntId, player, Outcomes.Won);
        await redis.GetDatabase().StringSetAsync(live.Claim(claim.ClaimId).Name, VersionedJson.Of(upTo, claim).ToBytes());
        await redis.GetDatabase().SortedSetAddAsync(live.PlayerClaims(player).Name, claim.ClaimId.ToString("N"), upTo);
        await redis.GetSubscriber().PublishAsync(
            ReadModelRedis.Channel(keys.ClaimChanges), new PublishedChanges(upTo + 10_000, upTo + 10_000, []).ToBytes());
        await redis.GetSubscriber().PublishAsync(
            ReadModelRedis.Channel(keys.ClaimChanges), new PublishedChanges(upTo + 20_000, upTo + 20_000, []).ToBytes());

        await client.WaitFor(claim.ClaimId.ToString(), state => state.GetProperty("outcome").GetString() == Outcomes.Won);

        await redis.GetDatabase().KeyDeleteAsync(live.Claim(claim.ClaimId).Name);
        await redis.GetDatabase().KeyDeleteAsync(live.PlayerClaims(player).Name);
        await Engine.Host(ApiName).Stop();
    }
}
