using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Accepted claims that specs decide or leave undecided.</summary>
public abstract class ClaimStallDetectorScenario
{
    private protected ManualTime Time { get; } = new();
    private protected Dictionary<Guid, ClaimView> Decided { get; } = [];
    private protected ClaimStallDetector Claims { get; }
    private protected int Lookups { get; set; }

    protected ClaimStallDetectorScenario() => Claims = new ClaimStallDetector(
        (claimId, _) =>
        {
            Lookups++;
            return Task.FromResult(Decided.GetValueOrDefault(claimId));
        },
        Time);

    private protected async Task Stall()
    {
        Accept(0);
        Assert.True(await IsStalledAfter(seconds: 30));
    }

    private protected async Task<bool> IsStalledAfter(int seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        await Claims.CheckAsync(TestContext.Current.CancellationToken);
        return Claims.IsStalled;
    }

    private protected AcceptedClaim Accept(int number, int shard = 0)
    {
        var claim = new AcceptedClaim(new Guid(number, 0, 0, new byte[8]), "goose", "alice", null, Time.GetUtcNow());
        Claims.AddSample(shard, claim);
        return claim;
    }

    private protected void Decide(AcceptedClaim claim) =>
        Decided.Add(
            claim.ClaimId,
            new ClaimView(claim.ClaimId, claim.TreasureId, "sale", claim.PlayerId, Outcomes.Won, AcceptedAt: claim.AcceptedAt));
}
