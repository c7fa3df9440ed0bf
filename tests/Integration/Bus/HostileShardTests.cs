using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>Messages that PostgreSQL refuses must not stop a shard, also after a restart of the workers.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class HostileShardTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task Oversized_ids_on_a_shard_stop_no_decision_before_or_after_a_restart()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);
        var shard = BusNames.Shard(Ids.ShardOf(treasureId, Engine.Shards));
        var mark = Ids.FreshSlug();
        var tooLong = string.Concat(Enumerable.Range(0, 160).Select(_ => Ids.FreshSlug()).Prepend(mark));

        await Publish(shard, tooLong, "mallory");
        await Publish(shard, treasureId, tooLong);
        await Publish(shard, $"go\0ose-{mark}", "mallory");
        await Engine.Player("alice").Wins(treasureId, "before");
        await Task.WhenAll(Engine.Host("commands-1").Kill(), Engine.Host("commands-2").Kill());
        await Publish(shard, tooLong, "mallory");
        await Engine.StartMissingHosts();
        await Engine.Player("bob").Wins(treasureId, "after");

        // A worker that is killed before its acknowledgement leaves the message to the next worker, which moves it a second time.
        IEnumerable<string> WithMark(IEnumerable<string> bodies) =>
            bodies.Where(body => body.Contains(mark, StringComparison.Ordinal)).Distinct();
        Assert.Equal(4, WithMark(await Engine.Bus.TakeUntil(BusNames.DeadLetters(shard), bodies => WithMark(bodies).Count() >= 4)).Count());
    }

    private Task Publish(
        string shard, string treasureId,
        string playerId) => Engine.Bus.Publish(shard, "application/vnd.masstransit+json", JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
            message = new
            {
                claims = new[] { new { claimId = Ids.Fresh(), treasureId, playerId, acceptedAt = TimeProvider.System.GetUtcNow() } },
            },
        }));
}
