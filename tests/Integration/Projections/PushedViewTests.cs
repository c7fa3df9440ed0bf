using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>The changes of views that an Api follows arrive as messages, and lost messages are found.</summary>
/// <remarks>These tests change the live generation. On a shared engine the comparisons of other tests would show differences.</remarks>
[Collection(nameof(DisruptionGroup))]
public sealed class PushedViewTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_change_is_served_from_its_message()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 1);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var key = (await Engine.LiveKeys(ReadModelNames.Treasures)).Treasure(treasureId);
        var stored = VersionedValue.Parse((byte[])(await redis.GetDatabase().StringGetAsync(key.Name))!);
        var changed = VersionedJson.Of(stored.Sequence + 1, stored.ToView<TreasureView>() with { Name = "pushed" });

        await Poll.Until("the Api serves the change", async () =>
        {
            await Publish(redis, new PublishedChanges(0, 0, [(ViewName.OfTreasure(treasureId), changed)]));
            return await NameOf(treasureId) == "pushed";
        });
    }

    [Fact]
    public async Task A_view_is_read_again_after_a_gap_in_the_messages_and_after_a_switch_to_another_generation()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 1);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        var live = await Engine.LiveKeys(ReadModelNames.Treasures);
        var key = live.Treasure(treasureId);
        var stored = VersionedValue.Parse((byte[])(await redis.GetDatabase().StringGetAsync(key.Name))!);
        var name = await NameOf(treasureId);

        // The treasure is written to Redis, but no message has it.
        var written = VersionedJson.Of(stored.Sequence, stored.ToView<TreasureView>() with { Name = "written" });
        await redis.GetDatabase().StringSetAsync(key.Name, written.ToBytes());
        var upTo = (await Checkpoints.ReadAsync(redis.GetDatabase(), live))!.Highest + 10_000;
        await Publish(redis, new PublishedChanges(upTo, upTo, []));

        await Poll.Until("the Api reads the treasure again", async () => await NameOf(treasureId) == "written");
        await Engine.Admin("projections-1").RunReplay(new { readModel = ReadModelNames.Treasures });
        await Poll.Until("the Api reads the new generation", async () => await NameOf(treasureId) == name);
    }

    private async Task<string?> NameOf(string treasureId) =>
        (await Engine.Anonymous("api-1").Get($"/v1/treasures/{treasureId}")).TextOf("name");

    private Task<long> Publish(ConnectionMultiplexer redis, PublishedChanges message) =>
        redis.GetSubscriber().PublishAsync(ReadModelRedis.Channel(new ReadModelKeys(Engine.Prefix).ViewChanges), message.ToBytes());
}
