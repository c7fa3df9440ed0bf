using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>What a desk does when PostgreSQL lets it down, or when it has to stop.</summary>
public sealed class OutageTests(WorkerFixture office) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task A_session_cut_in_the_middle_is_tried_again_and_recorded_once()
    {
        var treasureId = await office.Treasure(await office.Hunt());

        Task<IReadOnlyList<Contracts.Events.IClaimEvent>> deciding;
        await using (var hold = await office.Log.Hold("slots"))
        {
            deciding = office.One.Decide(Claim(treasureId, "alice"));
            await hold.Waiting(1);
            await office.Log.Execute(
                $"select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and query like '%{office.Schema}%'");
            await hold.Waiting(1);
        }

        Assert.Equal(Outcomes.Won, (await deciding)[0].Outcome());
        Assert.Single((await office.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_desk_that_stops_in_the_middle_leaves_nothing_behind()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        using var stopping = new CancellationTokenSource();

        await using (var hold = await office.Log.Hold("mt_events"))
        {
            var deciding = office.One.Claims.HandleAsync([Claim(treasureId, "alice")], stopping.Token);
            await hold.Waiting(1);
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deciding);
        }

        Assert.Empty((await office.Log.OfTreasure(treasureId)).Decisions());
        Assert.Equal(Outcomes.Won, (await office.Two.Decide(Claim(treasureId, "bob")))[0].Outcome());
    }
}
