using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.PeakLoad;

/// <summary>A projection shard whose progress another host has moved.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ShardProgressTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    // A leader that was suspended while it recorded its progress, and resumed after another took over, causes this state.
    [Theory]
    [InlineData("redis:All")]
    [InlineData("memcached:All")]
    public async Task A_shard_continues_after_another_host_has_moved_its_progress(string shard)
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 2);
        await Engine.Player("alice").Wins(treasureId, "key");
        await WaitForAwards(treasureId, awarded: 1);

        await Engine.EventStore.MoveProgressBack(shard);
        await Engine.Player("bob").Wins(treasureId, "key");

        await WaitForAwards(treasureId, awarded: 2);
        await Engine.AssertCleanAudit(huntId);
    }

    private Task WaitForAwards(string treasureId, int awarded) =>
        Engine.Anonymous().WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == awarded);
}
