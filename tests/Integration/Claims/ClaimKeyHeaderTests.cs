using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>The header Idempotency-Key of a claim.</summary>
public class ClaimKeyHeaderTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_key_in_two_header_lines_is_refused_and_nothing_is_claimed()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 5, stock: 5);
        var alice = Engine.Player("alice");

        foreach (var second in (string[])["key", "other-key", ""])
        {
            var twice =
                await alice.PostLines(
                    $"/v1/treasures/{treasureId}/claims", "Idempotency-Key: key", $"Idempotency-Key: {second}", "Prefer: wait=20");
            Assert.StartsWith("HTTP/1.1 400 ", twice, StringComparison.Ordinal);
            Assert.Contains("idempotency-key-invalid", twice, StringComparison.Ordinal);
        }

        Assert.Equal(Outcomes.Won, (await alice.Claim(treasureId, "key")).Outcome);
        Assert.Single((await Engine.EventStore.OfTreasure(treasureId)).Decisions());
    }
}
