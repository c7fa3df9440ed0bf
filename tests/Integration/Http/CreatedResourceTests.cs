using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Created hunts and treasures.</summary>
public sealed class CreatedResourceTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_created_hunt_or_treasure_has_a_Location_and_a_generated_id()
    {
        var hunt =
            await Admin.SendCommand(
                "/v1/hunts",
                new { name = "Nameless", opensAt = "2026-11-23T18:00:00+02:00", closesAt = "2099-11-23T18:00:00Z", playerLimit = 2 });
        var treasure = await Admin.SendCommand($"/v1/hunts/{hunt.Id}/treasures", new { name = "Nameless", stock = 1, proof = "secret" });

        Assert.Equal(($"/v1/hunts/{hunt.Id}", $"/v1/treasures/{treasure.Id}"), (hunt.Headers["Location"], treasure.Headers["Location"]));
        var drafted = (HuntDrafted)Assert.Single(await Engine.EventStore.All(), stored => stored.Sequence == hunt.Sequence).Data;
        var hidden = (TreasureHidden)Assert.Single(await Engine.EventStore.All(), stored => stored.Sequence == treasure.Sequence).Data;
        Assert.Equal((TimeSpan.Zero, 16, (int?)2), (drafted.OpensAt.Offset, drafted.OpensAt.Hour, drafted.PlayerLimit));
        Assert.True(Proofs.Verify(hidden.Proof!, "secret"));
        Assert.Equal(
            0L, await Engine.EventStore.Value<long>(
                $"select count(*) from {Engine.Schema}.mt_events where data::text like '%\"secret\"%'"));
    }
}
