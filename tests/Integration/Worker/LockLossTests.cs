using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Workers decide correctly without locks.</summary>
[Collection(nameof(WorkerGroup))]
public sealed class LockLossTests(WorkerFixture workers)
{
    [Fact]
    public async Task A_lock_lost_during_a_decision_changes_nothing()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var prefix = Ids.FreshSlug();
        var (one, two) = (workers.AddWorker(lockPrefix: prefix), workers.AddWorker(lockPrefix: prefix));

        Task<IReadOnlyList<IClaimEvent>> first, second;
        await using (var hold = await workers.EventStore.Hold("slots"))
        {
            first = one.Decide(Claim(treasureId, "alice"));
            await hold.UntilWaiting(1);
            Assert.True(await RedisKeys.Delete(Servers.RedisLocks, $"*{prefix}:lock:{treasureId}") >= 2, "No lock key exists.");
            second = two.Decide(Claim(treasureId, "bob"));
            await hold.UntilWaiting(2);
        }

        Assert.Single((await Task.WhenAll(first, second)).SelectMany(outcomes => outcomes).OfType<TreasureAwarded>());
        Assert.Equal(2, (await workers.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Without_lock_masters_two_workers_rely_on_stream_versions()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        const string Unreachable = "127.0.0.1:1;127.0.0.1:2;127.0.0.1:3";

        var outcomes =
            await workers.DecideConcurrently(
                "slots", () => workers.AddWorker(Unreachable).Decide(Claim(treasureId, "alice")),
                () => workers.AddWorker(Unreachable).Decide(Claim(treasureId, "bob")));

        Assert.Equal([Reasons.TreasureExhausted, Outcomes.Won], outcomes.Select(outcome => outcome.Outcome()).Order());
    }
}
