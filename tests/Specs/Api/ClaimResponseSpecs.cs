using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The response to a claim.</summary>
public class ClaimResponseSpecs
{
    private static readonly ClaimView Unknown = new(
        Ids.ForClaim("alice", "goose", "1"), "goose", "", "alice", Outcomes.Rejected, Reasons.TreasureNotFound, 1,
        AcceptedAt: DateTimeOffset.UnixEpoch, DecidedAt: DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_claim_on_a_treasure_of_an_unopened_hunt_looks_like_one_on_a_missing_treasure() =>
        Assert.Equal(ClaimResponse.Of(Unknown), ClaimResponse.Of(Unknown with { HuntId = "sale", Reason = Reasons.HuntNotOpen }));

    [Fact]
    public void The_reason_too_many_refusals_does_not_reveal_whether_the_treasure_exists() => Assert.Equal(
        ClaimResponse.Of(Unknown with { Reason = Reasons.TooManyRefusals, Position = null }),
        ClaimResponse.Of(Unknown with { HuntId = "sale", Reason = Reasons.TooManyRefusals, Position = null }));

    [Theory]
    [InlineData(Reasons.HuntClosed)]
    [InlineData(Reasons.TreasureExhausted)]
    [InlineData(null)]
    public void Any_other_response_contains_the_hunt_and_the_reason(string? reason)
    {
        var response = ClaimResponse.Of(
            Unknown with { HuntId = "sale", Outcome = reason is null ? Outcomes.Won : Outcomes.Rejected, Reason = reason });

        Assert.Equal(("sale", reason), (response.HuntId, response.Reason));
    }
}
