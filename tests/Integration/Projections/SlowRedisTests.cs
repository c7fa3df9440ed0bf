using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A Redis that answers late once fails no read of claims, which only Redis can answer.</summary>
[Collection(nameof(StallableGroup))]
public sealed class SlowRedisTests(StallableEngine fixture) : EngineTests(fixture)
{
    /// <summary>More than the time in which Redis has to answer one query.</summary>
    private const int Pause = 700;

    [Fact]
    public async Task Claims_are_read_although_Redis_answers_late()
    {
        var redis = await fixture.Redis;
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var alice = Engine.Player("alice");
        var won = await alice.Wins(treasureId, "key");
        await alice.WaitForOutcome(won.ClaimId);

        foreach (var path in (string[])[$"/v1/claims/{won.ClaimId}", "/v1/players/me/claims"])
        {
            await redis.PauseFor(Pause);
            Assert.Equal("200", (await alice.Get(path)).Problem);
        }
    }
}
