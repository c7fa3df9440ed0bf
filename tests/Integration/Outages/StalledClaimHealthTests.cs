using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A worker with stalled claims reports it, stays up and recovers.</summary>
[Collection(nameof(OutageGroup))]
public sealed class StalledClaimHealthTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_worker_with_stalled_claims_is_degraded_until_they_are_decided()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 1);
        // One worker alone consumes the queues.
        await Engine.Host("commands-2").Stop();
        await Engine.Anonymous("commands-1").WaitForCheck("claims", "Healthy", "every claim is decided in time");

        Guid claimId;
        await using (var hold = await Engine.EventStore.Hold("mt_events"))
        {
            claimId = (await Engine.Player("alice").Claim(treasureId, "key", wait: 0)).ClaimId;
            await Engine.Anonymous("commands-1").WaitForCheck("claims", "Degraded",
                $"no claim was decided for more than 30 s on shard {Ids.ShardOf(treasureId, Engine.Shards)}");
        }

        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").WaitForOutcome(claimId)).Outcome);
        await Engine.Anonymous("commands-1").WaitForCheck("claims", "Healthy", "every claim is decided in time");
    }
}
