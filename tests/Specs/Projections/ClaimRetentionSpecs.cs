using TreasureHunt.Contracts;
using TreasureHunt.Projections.Claims;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Projections;

/// <summary>The expiry time of a claim.</summary>
public sealed class ClaimRetentionSpecs
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(400);
    private static readonly HuntWindow Window = new(true, At("18:00"), At("23:00"), []);

    [Fact]
    public void A_claim_expires_after_the_retention_period_from_the_close_of_its_hunt() =>
        Assert.Equal(At("23:00") + Keep, ClaimRetention.ExpiryOf(Decided("19:00"), Window, Keep));

    [Fact]
    public void A_claim_decided_after_the_close_expires_after_the_retention_period_from_its_decision() =>
        Assert.Equal(At("23:30") + Keep, ClaimRetention.ExpiryOf(Decided("23:30"), Window, Keep));

    [Fact]
    public void A_claim_without_a_hunt_expires_after_the_retention_period_from_its_decision() =>
        Assert.Equal(At("19:00") + Keep, ClaimRetention.ExpiryOf(Decided("19:00"), null, Keep));

    [Fact]
    public void The_claims_of_a_hunt_that_never_closes_do_not_expire() => Assert.Equal(
        DateTimeOffset.MaxValue,
        ClaimRetention.ExpiryOf(Decided("19:00"), Window with { ClosesAt = DateTimeOffset.MaxValue.AddDays(-1) }, Keep));

    private static ClaimView Decided(string at) => new(Guid.Empty, "goose", "sale", "alice", Outcomes.Won, DecidedAt: At(at));
}
