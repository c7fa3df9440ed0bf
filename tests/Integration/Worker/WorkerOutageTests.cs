using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>A worker whose PostgreSQL session ends, or which stops during a commit.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class WorkerOutageTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_commit_whose_session_is_terminated_is_retried_and_recorded_once()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());

        Task<IReadOnlyList<Contracts.Events.IClaimEvent>> deciding;
        await using (var hold = await workers.EventStore.Hold("slots"))
        {
            deciding = workers.First.Decide(Claim(treasureId, "alice"));
            await hold.UntilWaiting(1);
            await workers.EventStore.Execute(
                $"""
                 select pg_terminate_backend(pid) from pg_stat_activity
                 where wait_event_type = 'Lock' and query like '%{workers.Schema}%'
                 """);
            await hold.UntilWaiting(1);
        }

        Assert.Equal(Outcomes.Won, (await deciding)[0].Outcome());
        Assert.Single((await workers.EventStore.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_worker_that_stops_during_a_commit_records_nothing()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        using var stopping = new CancellationTokenSource();

        await using (var hold = await workers.EventStore.Hold("mt_events"))
        {
            var deciding = workers.First.Claims.HandleAsync([Claim(treasureId, "alice")], stopping.Token);
            await hold.UntilWaiting(1);
            await stopping.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deciding);
        }

        Assert.Empty((await workers.EventStore.OfTreasure(treasureId)).Decisions());
        Assert.Equal(Outcomes.Won, (await workers.Second.Decide(Claim(treasureId, "bob")))[0].Outcome());
    }
}
