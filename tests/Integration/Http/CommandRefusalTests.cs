using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Commands that are refused.</summary>
public sealed class CommandRefusalTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_command_with_a_used_id_or_in_the_wrong_status_is_refused()
    {
        var id = $"hunt-{Ids.FreshSlug()}";
        var hunt = new { huntId = id, name = "Twice", opensAt = "2026-11-23T18:00:00Z", closesAt = "2099-11-23T18:00:00Z" };
        Assert.Equal("201", (await Admin.SendCommand("/v1/hunts", hunt)).Problem);
        Assert.Equal("409 already-exists", (await Admin.SendCommand("/v1/hunts", hunt)).Problem);
        Assert.Equal("201", (await Admin.SendCommand($"/v1/hunts/{id}/treasures", new { treasureId = id, name = "x", stock = 1 })).Problem);
        Assert.Equal(
            "409 already-exists",
            (await Admin.SendCommand($"/v1/hunts/{id}/treasures", new { treasureId = id, name = "x", stock = 1 })).Problem);

        foreach (var step in (string[])["pause", "resume", "close"])
        {
            Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/hunts/{id}/{step}")).Problem);
        }

        await Admin.ChangeStatus(id, "open");
        Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/hunts/{id}/open")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/hunts/{id}/schedule")).Problem);
        await Admin.ChangeStatus(id, "cancel");
        Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/hunts/{id}/cancel")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/hunts/{id}/treasures", new { name = "x", stock = 1 })).Problem);
        Assert.Equal(
            "409 not-allowed-now",
            (await Admin.SendCommand($"/v1/treasures/{id}/revoke", new { claimId = Ids.Fresh(), because = "never won" })).Problem);
        Assert.Equal("200", (await Admin.SendCommand($"/v1/treasures/{id}/withdraw")).Problem);
        Assert.Equal("409 not-allowed-now", (await Admin.SendCommand($"/v1/treasures/{id}/restock", new { units = 1 })).Problem);
    }
}
