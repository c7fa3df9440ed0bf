using TreasureHunt.Api.Http;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The Api trusts the pool that the proxy chose.</summary>
public class EdgePoolHeaderTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Behind_a_proxy_only_the_streams_pool_serves_streams()
    {
        var huntId = await Engine.Admin().OpenHunt();
        await Engine.Admin().WaitForHunt(huntId, "open");

        Assert.Equal("404 not-found", (await Engine.Anonymous().Get($"/v1/hunts/{huntId}/stream", (EdgePool.HeaderName, "reads"))).Problem);
    }

    [Fact]
    public async Task Behind_a_proxy_only_the_waiting_pool_applies_Prefer_wait()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100, perPlayer: 100);

        foreach (var (pool, waits) in new[] { ("claims", false), ("waiting-claims", true) })
        {
            var answer =
                await Engine.Player("alice").Post(
                    $"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", pool), ("Prefer", "wait=5"),
                    (EdgePool.HeaderName, pool));
            Assert.Equal(waits, answer.Headers.ContainsKey("Preference-Applied"));
        }
    }

    [Theory]
    [InlineData("claims", false)]
    [InlineData("claim-lists", true)]
    public async Task Behind_a_proxy_a_list_of_claims_waits_only_in_its_pool(string pool, bool waits)
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 100);

        var answer = await Engine.Player($"alice-{pool}").Post(
            "/v1/claims", new[] { new { treasureId, key = pool } }, ("Prefer", "wait=5"), (EdgePool.HeaderName, pool));

        Assert.Equal(waits, answer.Headers.ContainsKey("Preference-Applied"));
    }
}
