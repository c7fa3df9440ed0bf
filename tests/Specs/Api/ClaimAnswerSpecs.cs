using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What a player is told of a claim.</summary>
public class ClaimAnswerSpecs
{
    private static readonly ClaimView Unknown = new(
        Ids.ForClaim("alice", "goose", "1"), "goose", "", "alice", Outcomes.Rejected, Reasons.TreasureNotFound, 1,
        AcceptedAt: DateTimeOffset.UnixEpoch, DecidedAt: DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_claim_of_a_treasure_that_is_hidden_reads_like_one_of_a_treasure_that_there_is_not() =>
        Assert.Equal(ClaimResponse.Of(Unknown), ClaimResponse.Of(Unknown with { HuntId = "sale", Reason = Reasons.HuntNotOpen }));

    [Fact]
    public void Too_many_refusals_do_not_tell_whether_there_is_such_a_treasure() => Assert.Equal(
        ClaimResponse.Of(Unknown with { Reason = Reasons.TooManyRefusals, Position = null }),
        ClaimResponse.Of(Unknown with { HuntId = "sale", Reason = Reasons.TooManyRefusals, Position = null }));

    [Theory]
    [InlineData(Reasons.HuntClosed)]
    [InlineData(Reasons.TreasureExhausted)]
    [InlineData(null)]
    public void Any_other_claim_tells_its_hunt_and_its_reason(string? reason)
    {
        var told = ClaimResponse.Of(
            Unknown with { HuntId = "sale", Outcome = reason is null ? Outcomes.Won : Outcomes.Rejected, Reason = reason });

        Assert.Equal(("sale", reason), (told.HuntId, told.Reason));
    }
}
