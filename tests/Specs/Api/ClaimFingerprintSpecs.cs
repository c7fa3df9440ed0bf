using CsCheck;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Fingerprints detect two payloads under one key. Fingerprints that cannot be compared count as equal.</summary>
public class ClaimFingerprintSpecs
{
    private static readonly Guid Alice = Ids.ForClaim("alice", "goose", "1");
    private static readonly Guid Bob = Ids.ForClaim("bob", "goose", "1");
    private static readonly ClaimFingerprints Fingerprints = With("a-secret-of-more-than-32-characters");

    [Fact]
    public void Equal_proofs_have_equal_fingerprints_and_different_proofs_have_different_ones() => Gen.Select(
        Gen.String[1, 20], Gen.String[1, 20])
        .Sample((proof, other) =>
        Assert.Equal(proof == other, ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, proof), Fingerprints.Of(Alice, other))));

    [Fact]
    public void A_missing_proof_differs_from_a_proof_and_equals_an_empty_one()
    {
        Assert.False(ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, null), Fingerprints.Of(Alice, "oak")));
        Assert.False(ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, "oak"), Fingerprints.Of(Alice, null)));
        Assert.True(ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, null), Fingerprints.Of(Alice, "")));
    }

    [Fact]
    public void Two_claims_with_the_same_proof_have_different_fingerprints() =>
        Assert.NotEqual(Fingerprints.Of(Alice, "oak"), Fingerprints.Of(Bob, "oak"));

    [Fact]
    public void A_claim_without_a_fingerprint_from_an_older_build_is_not_refused()
    {
        Assert.True(ClaimFingerprints.MayBeEqual(null, Fingerprints.Of(Alice, "oak")));
        Assert.True(ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, "oak"), null));
    }

    [Fact]
    public void A_retry_after_the_secret_has_changed_is_not_refused()
    {
        var otherFingerprints = With("another-secret-of-more-than-32-characters");

        Assert.NotEqual(Fingerprints.Of(Alice, "oak"), otherFingerprints.Of(Alice, "oak"));
        Assert.True(ClaimFingerprints.MayBeEqual(Fingerprints.Of(Alice, "oak"), otherFingerprints.Of(Alice, "oak")));
    }

    [Fact]
    public void Without_a_secret_different_proofs_still_have_different_fingerprints() =>
        Assert.False(ClaimFingerprints.MayBeEqual(With(null).Of(Alice, "oak"), With(null).Of(Alice, "elm")));

    private static ClaimFingerprints With(string? key) => new(new IdempotencyOptions { FingerprintKey = key });
}
