using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>An idempotency key belongs to one payload.</summary>
public sealed class CommandPayloadTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task The_same_key_with_another_payload_is_refused_and_changes_nothing()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        var (alice, bob) = (await Engine.Player("alice").Wins(treasureId, "key"), await Engine.Player("bob").Wins(treasureId, "key"));
        var now = TimeProvider.System.GetUtcNow();
        var (goose, swan) = (Ids.FreshSlug(), Ids.FreshSlug());

        await Refuses($"/v1/treasures/{treasureId}/restock", new { units = 5 }, new { units = 50 });
        await Refuses(
            $"/v1/treasures/{treasureId}/clues", new { text = "By the river", revealAt = now },
            new { text = "By the bridge", revealAt = now });
        await Refuses(
            $"/v1/treasures/{treasureId}/revoke", new { claimId = alice.ClaimId, because = "fraud-0427" },
            new { claimId = bob.ClaimId, because = "fraud-0427" });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { treasureId = goose, name = "Goose", stock = 1 },
            new { treasureId = goose, name = "Goose", stock = 2 });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { treasureId = swan, name = "Swan", stock = 1, proof = "oak" },
            new { treasureId = swan, name = "Swan", stock = 1, proof = "elm" });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { name = "Nameless", stock = 1 },
            new { treasureId = Ids.FreshSlug(), name = "Nameless", stock = 1 });
        await Refuses(
            "/v1/hunts", new { name = "One", opensAt = now, closesAt = now.AddHours(1) },
            new { name = "Two", opensAt = now, closesAt = now.AddHours(1) });
        await Refuses(
            "/v1/hunts", new { huntId = Ids.FreshSlug(), name = "One", opensAt = now, closesAt = now.AddHours(1) },
            new { huntId = Ids.FreshSlug(), name = "One", opensAt = now, closesAt = now.AddHours(1) });

        var events = (await Engine.EventStore.OfTreasure(treasureId)).Select(stored => stored.Data).ToList();
        Assert.Equal(5, Assert.Single(events.OfType<TreasureRestocked>()).Units);
        Assert.Equal("By the river", Assert.Single(events.OfType<ClueAdded>()).Clue.Text);
        Assert.Equal(alice.ClaimId, Assert.Single(events.OfType<AwardRevoked>()).ClaimId);

        async Task Refuses(string path, object body, object other)
        {
            var key = Ids.FreshSlug();
            var first = await Admin.Post(path, body, ("Idempotency-Key", key));
            Assert.StartsWith("20", first.Problem, StringComparison.Ordinal);
            Assert.Equal("422 idempotency-key-reused", (await Engine.Admin("api-2").Post(path, other, ("Idempotency-Key", key))).Problem);
            var again = await Engine.Admin("api-2").Post(path, body, ("Idempotency-Key", key));
            Assert.Equal(
                (first.Problem, first.Text, "true"), (again.Problem, again.Text, again.Headers.GetValueOrDefault("Idempotency-Replayed")));
            Assert.DoesNotContain("Idempotency-Replayed", first.Headers.Keys);
        }
    }
}
