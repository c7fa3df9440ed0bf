using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Failures;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The rules of form for claims on the bus, from the claims exchange and from a shard's queue.</summary>
public class ClaimRuleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private static readonly AcceptedClaim Good = new(
        Ids.ForClaim("alice", "goose", "1"), "goose", "alice", "under the bridge", Now,
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    [Fact]
    public void A_claim_as_an_api_sends_it_is_well_formed()
    {
        Assert.Null(ClaimRules.ProblemOf(Good, Now));
        Assert.Null(ClaimRules.ProblemOf(Good with { Proof = null, TraceParent = null, AcceptedAt = Now - TimeSpan.FromDays(30) }, Now));
        Assert.Null(ClaimRules.ProblemOf(Good with { AcceptedAt = Now + ClaimRules.MaxClockSkew }, Now));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("under the bridge")]
    public void A_fingerprint_as_an_api_makes_it_is_well_formed(string? proof)
    {
        var fingerprints = new ClaimFingerprints(new IdempotencyOptions { FingerprintKey = "a-secret-of-more-than-32-characters" });

        Assert.Null(ClaimRules.ProblemOf(Good with { Proof = proof, Fingerprint = fingerprints.Of(Good.ClaimId, proof) }, Now));
    }

    public static TheoryData<string, AcceptedClaim?> Malformed() => new()
    {
        { "null", null },
        { "no claim id", Good with { ClaimId = Guid.Empty } },
        { "no treasure", Good with { TreasureId = null! } },
        { "an empty treasure", Good with { TreasureId = "" } },
        { "a treasure of 5,000 characters", Good with { TreasureId = new string('a', 5_000) } },
        { "a treasure with U+0000", Good with { TreasureId = "go\0ose" } },
        { "a treasure in capitals", Good with { TreasureId = "Goose" } },
        { "no player", Good with { PlayerId = null! } },
        { "a player of 65 characters", Good with { PlayerId = new string('a', 65) } },
        { "a player with U+0000", Good with { PlayerId = "al\0ice" } },
        { "a proof of 129 characters", Good with { Proof = new string('a', 129) } },
        { "a proof with a lone surrogate", Good with { Proof = "\ud800" } },
        { "a proof with U+0000", Good with { Proof = "\0" } },
        { "a trace of a kilobyte", Good with { TraceParent = new string('a', 1_024) } },
        { "a trace with U+0000", Good with { TraceParent = "00-\0" } },
        { "an empty fingerprint", Good with { Fingerprint = "" } },
        { "a fingerprint of 33 characters", Good with { Fingerprint = new string('a', 33) } },
        { "a fingerprint with U+0000", Good with { Fingerprint = "abcd.\0" } },
        { "a fingerprint that is not in ASCII", Good with { Fingerprint = "ö" } },
        { "no time", Good with { AcceptedAt = default } },
        { "a time in the future", Good with { AcceptedAt = Now + ClaimRules.MaxClockSkew + TimeSpan.FromSeconds(1) } },
        { "the end of time", Good with { AcceptedAt = DateTimeOffset.MaxValue } },
        { "a time that is not in UTC", Good with { AcceptedAt = Now.ToOffset(TimeSpan.FromHours(-5)) } },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_claim_is_found(string what, AcceptedClaim? claim) =>
        Assert.True(ClaimRules.ProblemOf(claim, Now) is { Length: > 0 }, what);

    [Fact]
    public void A_message_has_1_to_500_claims()
    {
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures(null!)));
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures([])));
        Assert.Null(ClaimRules.ProblemOf(new ClaimTreasures([.. Enumerable.Repeat(Good, 500)])));
        Assert.NotNull(ClaimRules.ProblemOf(new ClaimTreasures([.. Enumerable.Repeat(Good, 501)])));
    }

    [Fact]
    public void The_time_of_a_claim_on_the_bus_is_the_time_of_receipt() =>
        Assert.Equal(Now, BusClaimConsumer.Accept(new ClaimTreasure("goose", "alice", "order-1"), Now).AcceptedAt);

    [Theory]
    [InlineData("Goose", "alice", "1", null)]
    [InlineData("goose", "no player!", "1", null)]
    [InlineData("goose", "alice", "has a space", null)]
    [InlineData("goose", "alice", "1", "\0")]
    public void A_malformed_claim_on_the_bus_is_refused(string treasure, string player, string key, string? proof) =>
        Assert.Throws<InvalidMessageException>(() => BusClaimConsumer.Accept(new ClaimTreasure(treasure, player, key, proof), Now));
}
