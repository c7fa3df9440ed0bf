using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>Replays across a change of the leader.</summary>
[Collection(nameof(DisruptionGroup))]
public sealed class ReplayLeaderTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_second_replay_of_a_read_model_is_refused_and_the_next_leader_finishes_the_first()
    {
        var (huntId, treasureId) = await OpenHuntWithTreasure(stock: 5);
        await Engine.ClaimByTenPlayers(treasureId, "key");
        await Engine.StartHost("projections-2");

        // Without a leader, a requested replay waits.
        await Engine.Host("projections-1").Kill();
        var admin = Engine.Admin("projections-2");
        var requested = await admin.Post("/admin/replays", new { readModel = "claims" });
        var again = await admin.Post("/admin/replays", new { readModel = "claims" });

        Assert.Equal(("202", "409 not-allowed-now"), (requested.Problem, again.Problem));
        var ended = await admin.WaitForReplay(requested.Id);
        Assert.Equal("done", ended.TextOf("state"));
        await Engine.AssertCleanAudit(huntId, "projections-2");
        await Engine.Host("projections-2").Kill();
    }
}
