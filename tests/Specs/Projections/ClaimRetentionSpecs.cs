using TreasureHunt.Contracts;
using TreasureHunt.Projections.Claims;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Projections;

/// <summary>How long a claim can be read.</summary>
public sealed class ClaimRetentionSpecs
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(400);
    private static readonly HuntWindow Window = new(true, At("18:00"), At("23:00"), []);

    [Fact]
    public void A_claim_is_kept_so_long_after_its_hunt_closes() =>
        Assert.Equal(At("23:00") + Keep, ClaimRetention.ExpiryOf(Decided("19:00"), Window, Keep));

    [Fact]
    public void A_claim_that_is_decided_after_its_hunt_closed_is_kept_as_long() =>
        Assert.Equal(At("23:30") + Keep, ClaimRetention.ExpiryOf(Decided("23:30"), Window, Keep));

    [Fact]
    public void A_claim_of_no_hunt_is_kept_from_its_decision_on() =>
        Assert.Equal(At("19:00") + Keep, ClaimRetention.ExpiryOf(Decided("19:00"), null, Keep));

    [Fact]
    public void A_hunt_that_never_closes_keeps_its_claims_for_ever() => Assert.Equal(
        DateTimeOffset.MaxValue,
        ClaimRetention.ExpiryOf(Decided("19:00"), Window with { ClosesAt = DateTimeOffset.MaxValue.AddDays(-1) }, Keep));

    private static ClaimView Decided(string at) => new(Guid.Empty, "goose", "sale", "alice", Outcomes.Won, DecidedAt: At(at));
}
