using CsCheck;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Two payloads under one key are told apart; what cannot be compared is not refused.</summary>
public class FingerprintSpecs
{
    private static readonly Guid Alice = Ids.ForClaim("alice", "goose", "1");
    private static readonly Guid Bob = Ids.ForClaim("bob", "goose", "1");
    private static readonly ClaimFingerprints Ours = With("a-secret-of-more-than-32-characters");

    [Fact]
    public void The_same_proof_has_the_same_fingerprint_and_another_has_another() => Gen.Select(Gen.String[1, 20], Gen.String[1, 20])
        .Sample((proof, other) =>
        Assert.Equal(proof == other, ClaimFingerprints.MayBeEqual(Ours.Of(Alice, proof), Ours.Of(Alice, other))));

    [Fact]
    public void A_proof_and_no_proof_are_two_payloads_but_an_empty_one_is_none()
    {
        Assert.False(ClaimFingerprints.MayBeEqual(Ours.Of(Alice, null), Ours.Of(Alice, "oak")));
        Assert.False(ClaimFingerprints.MayBeEqual(Ours.Of(Alice, "oak"), Ours.Of(Alice, null)));
        Assert.True(ClaimFingerprints.MayBeEqual(Ours.Of(Alice, null), Ours.Of(Alice, "")));
    }

    [Fact]
    public void Two_claims_with_one_proof_do_not_show_that_it_is_the_same() => Assert.NotEqual(Ours.Of(Alice, "oak"), Ours.Of(Bob, "oak"));

    [Fact]
    public void What_an_older_build_decided_is_not_refused()
    {
        Assert.True(ClaimFingerprints.MayBeEqual(null, Ours.Of(Alice, "oak")));
        Assert.True(ClaimFingerprints.MayBeEqual(Ours.Of(Alice, "oak"), null));
    }

    [Fact]
    public void A_retry_after_the_secret_has_changed_is_not_refused()
    {
        var theirs = With("another-secret-of-more-than-32-characters");

        Assert.NotEqual(Ours.Of(Alice, "oak"), theirs.Of(Alice, "oak"));
        Assert.True(ClaimFingerprints.MayBeEqual(Ours.Of(Alice, "oak"), theirs.Of(Alice, "oak")));
    }

    [Fact]
    public void Without_a_secret_payloads_are_told_apart_too() =>
        Assert.False(ClaimFingerprints.MayBeEqual(With(null).Of(Alice, "oak"), With(null).Of(Alice, "elm")));

    private static ClaimFingerprints With(string? key) => new(new IdempotencyOptions { FingerprintKey = key });
}
