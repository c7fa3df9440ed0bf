using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The validation of claims from the claims exchange and from the queue of a shard.</summary>
public class ClaimRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private static readonly AcceptedClaim ValidClaim = new(
        Ids.ForClaim("alice", "goose", "1"), "goose", "alice", "under the bridge", Now,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    [Fact]
    public void A_claim_of_the_Api_is_well_formed()
    {
        Assert.Null(ClaimRules.ProblemOf(ValidClaim, Now));
        Assert.Null(
            ClaimRules.ProblemOf(ValidClaim with { Proof = null, TraceParent = null, AcceptedAt = Now - TimeSpan.FromDays(30) }, Now));
        Assert.Null(ClaimRules.ProblemOf(ValidClaim with { AcceptedAt = Now + ClaimRules.MaxClockSkew }, Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("under the bridge")]
    public void A_fingerprint_of_the_Api_is_well_formed(string? proof)
    {
        var fingerprints = new ClaimFingerprints(new IdempotencyOptions { FingerprintKey = "a-secret-of-more-than-32-characters" });

        Assert.Null(ClaimRules.ProblemOf(ValidClaim with { Proof = proof, Fingerprint = fingerprints.Of(ValidClaim.ClaimId, proof) }, Now));
    }

    public static TheoryData<string, AcceptedClaim?> Malformed() => new()
    {
        { "null", null },
        { "no claim id", ValidClaim with { ClaimId = Guid.Empty } },
        { "no treasure", ValidClaim with { TreasureId = null! } },
        { "an empty treasure", ValidClaim with { TreasureId = "" } },
        { "a treasure of 5,000 characters", ValidClaim with { TreasureId = new string('a', 5_000) } },
        { "a treasure with U+0000", ValidClaim with { TreasureId = "go\0ose" } },
        { "a treasure in capitals", ValidClaim with { TreasureId = "Goose" } },
        { "no player", ValidClaim with { PlayerId = null! } },
        { "a player of 65 characters", ValidClaim with { PlayerId = new string('a', 65) } },
        { "a player with U+0000", ValidClaim with { PlayerId = "al\0ice" } },
        { "a proof of 129 characters", ValidClaim with { Proof = new string('a', 129) } },
        { "a proof with a lone surrogate", ValidClaim with { Proof = "\ud800" } },
        { "a proof with U+0000", ValidClaim with { Proof = "\0" } },
        { "a trace of a kilobyte", ValidClaim with { TraceParent = new string('a', 1_024) } },
        { "a trace with U+0000", ValidClaim with { TraceParent = "00-\0" } },
        { "an empty fingerprint", ValidClaim with { Fingerprint = "" } },
        { "a fingerprint of 33 characters", ValidClaim with { Fingerprint = new string('a', 33) } },
        { "a fingerprint with U+0000", ValidClaim with { Fingerprint = "abcd.\0" } },
        { "a fingerprint that is not in ASCII", ValidClaim with { Fingerprint = "ö" } },
        { "no time", ValidClaim with { AcceptedAt = default } },
        { "a time in the future", ValidClaim with { AcceptedAt = Now + ClaimRules.MaxClockSkew + TimeSpan.FromSeconds(1) } },
        { "the end of time", ValidClaim with { AcceptedAt = DateTimeOffset.MaxValue } },
        { "a time that is not in UTC", ValidClaim with { AcceptedAt = Now.ToOffset(TimeSpan.FromHours(-5)) } },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_claim_is_detected(string description, AcceptedClaim? claim) =>
        Assert.True(ClaimRules.ProblemOf(claim, Now) is { Length: > 0 }, description);

    [Fact]
    public void A_message_has_1_to_500_claims()
    {
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures(null!)));
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures([])));
        Assert.Null(ClaimRules.ProblemOf(new ClaimTreasures([.. Enumerable.Repeat(ValidClaim, 500)])));
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures([.. Enumerable.Repeat(ValidClaim, 501)])));
    }
}
