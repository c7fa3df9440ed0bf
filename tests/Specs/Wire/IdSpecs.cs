using CsCheck;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Wire;

public class IdSpecs
{
    private static readonly Gen<string> Words = Gen.Char["abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._:-"].Array[1, 64].Select(
        word => new string(word));

    // Computed with another implementation of RFC 9562.
    [Theory]
    [InlineData("alice", "golden-goose", "order-4711", "22d4a772-3ffa-576a-8eab-abb6e30d6d10")]
    [InlineData("bob", "goose", "1", "2663be63-acd2-596f-9dca-dfc996430db1")]
    [InlineData("Zoë", "goose", "k", "0cd4c1cb-6d48-5d57-b614-05ba08096535")]
    public void The_id_of_a_claim_has_not_changed(string player, string treasure, string key, string id) =>
        StorageFormat.IsUnchanged(id, Ids.ForClaim(player, treasure, key).ToString());

    [Fact]
    public void The_id_of_a_command_has_not_changed() =>
        StorageFormat.IsUnchanged("1fe06ce6-0b03-5d82-ae4c-6ba7c26b7d91", Ids.ForCommand("admin", "hunt/autumn-sale", "open-1").ToString());

    [Fact]
    public void Two_administrators_never_share_a_command_id()
    {
        Assert.NotEqual(Ids.ForCommand("ann", "goose", "1"), Ids.ForCommand("ben", "goose", "1"));
        Assert.NotEqual(Ids.ForCommand("ann\ngoose", "swan", "1"), Ids.ForCommand("ann", "goose", "1"));
    }

    [Fact]
    public void A_subject_may_have_100000_characters() =>
        Assert.NotEqual(Guid.Empty, Ids.ForCommand(new string('a', 100_000), "goose", "1"));

    [Fact]
    public void Claim_ids_are_name_based_and_of_the_standard_variant() => Gen.Select(Words, Words, Words).Sample((player, treasure, key) =>
    {
        var bytes = Ids.ForClaim(player, treasure, key).ToByteArray(bigEndian: true);
        Assert.Equal((0x50, 0x80), (bytes[6] & 0xF0, bytes[8] & 0xC0));
    });

    [Fact]
    public void Equal_claims_have_equal_ids_and_different_claims_have_different_ones() => Gen.Select(Words, Words, Words, Words).Sample(
        (player, treasure, key, other) =>
    {
        var id = Ids.ForClaim(player, treasure, key);
        Assert.Equal(id, Ids.ForClaim(player, treasure, key));
        Assert.Equal(other == player, id == Ids.ForClaim(other, treasure, key));
        Assert.Equal(other == treasure, id == Ids.ForClaim(player, other, key));
        Assert.Equal(other == key, id == Ids.ForClaim(player, treasure, other));
    });

    [Fact]
    public void The_boundaries_of_the_parts_matter() => Assert.NotEqual(Ids.ForClaim("ab", "c", "d"), Ids.ForClaim("a", "bc", "d"));

    [Fact]
    public void A_command_and_a_claim_never_share_an_id() =>
        Assert.NotEqual(Ids.ForClaim("alice", "goose", "1"), Ids.ForCommand("alice", "goose", "1"));

    [Fact]
    public void Fresh_slugs_are_valid_and_unique()
    {
        var slugs = Enumerable.Range(0, 1000).Select(_ => Ids.FreshSlug()).ToList();

        Assert.All(slugs, slug => Assert.Matches("^[a-z0-9][a-z0-9-]{0,63}$", slug));
        Assert.Equal(slugs.Count, slugs.Distinct().Count());
    }
}
