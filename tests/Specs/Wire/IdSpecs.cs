using CsCheck;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Wire;

public class IdSpecs
{
    private static readonly Gen<string> Words = Gen.Char["abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._:-"].Array[1, 64].Select(
        word => new string(word));

    // Worked out with another implementation of RFC 9562.
    [Theory]
    [InlineData("alice", "golden-goose", "order-4711", "22d4a772-3ffa-576a-8eab-abb6e30d6d10")]
    [InlineData("bob", "goose", "1", "2663be63-acd2-596f-9dca-dfc996430db1")]
    [InlineData("Zoë", "goose", "k", "0cd4c1cb-6d48-5d57-b614-05ba08096535")]
    public void A_claim_has_the_id_that_it_has_ever_had(string player, string treasure, string key, string id) =>
        StorageFormat.Is(id, Ids.ForClaim(player, treasure, key).ToString());

    [Fact]
    public void A_command_has_the_id_that_a_retry_of_it_had_before() =>
        StorageFormat.Is("1fe06ce6-0b03-5d82-ae4c-6ba7c26b7d91", Ids.ForCommand("admin", "hunt/autumn-sale", "open-1").ToString());

    [Fact]
    public void Two_administrators_never_share_a_command_id()
    {
        Assert.NotEqual(Ids.ForCommand("ann", "goose", "1"), Ids.ForCommand("ben", "goose", "1"));
        Assert.NotEqual(Ids.ForCommand("ann\ngoose", "swan", "1"), Ids.ForCommand("ann", "goose", "1"));
    }

    [Fact]
    public void A_subject_may_be_as_long_as_a_token() =>
        Assert.NotEqual(Guid.Empty, Ids.ForCommand(new string('a', 100_000), "goose", "1"));

    [Fact]
    public void Claim_ids_are_name_based_and_of_the_standard_variant() => Gen.Select(Words, Words, Words).Sample((player, treasure, key) =>
    {
        var bytes = Ids.ForClaim(player, treasure, key).ToByteArray(bigEndian: true);
        Assert.Equal((0x50, 0x80), (bytes[6] & 0xF0, bytes[8] & 0xC0));
    });

    [Fact]
    public void The_same_claim_has_the_same_id_and_any_other_has_another() => Gen.Select(Words, Words, Words, Words).Sample(
        (player, treasure, key, other) =>
    {
        var id = Ids.ForClaim(player, treasure, key);
        Assert.Equal(id, Ids.ForClaim(player, treasure, key));
        Assert.Equal(other == player, id == Ids.ForClaim(other, treasure, key));
        Assert.Equal(other == treasure, id == Ids.ForClaim(player, other, key));
        Assert.Equal(other == key, id == Ids.ForClaim(player, treasure, other));
    });

    [Fact]
    public void Where_one_part_ends_matters() => Assert.NotEqual(Ids.ForClaim("ab", "c", "d"), Ids.ForClaim("a", "bc", "d"));

    [Fact]
    public void A_command_is_never_taken_for_a_claim() =>
        Assert.NotEqual(Ids.ForClaim("alice", "goose", "1"), Ids.ForCommand("alice", "goose", "1"));

    [Fact]
    public void A_fresh_slug_is_a_valid_id_and_no_two_are_the_same()
    {
        var slugs = Enumerable.Range(0, 1000).Select(_ => Ids.FreshSlug()).ToList();

        Assert.All(slugs, slug => Assert.Matches("^[a-z0-9][a-z0-9-]{0,63}$", slug));
        Assert.Equal(slugs.Count, slugs.Distinct().Count());
    }

    // A treasure that changed its queue would be decided by two workers at the same time.
    [Theory]
    [InlineData("golden-goose", 4, 2)]
    [InlineData("golden-goose", 64, 10)]
    [InlineData("treasure-1", 4, 2)]
    [InlineData("treasure-1", 64, 46)]
    [InlineData("a", 64, 44)]
    [InlineData("a", 1, 0)]
    public void A_treasure_stays_in_its_shard(string treasure, int shards, int shard) => Assert.Equal(shard, Ids.ShardOf(treasure, shards));

    [Fact]
    public void Numbered_treasures_spread_over_all_shards() => Gen.Select(Words, Gen.Int[1, 64]).Sample((name, shards) =>
        Spread(Enumerable.Range(0, shards * 200).Select(n => $"{name}-{n}"), shards));

    [Fact]
    public void Fresh_treasures_spread_over_all_shards() => Gen.Int[1, 64].Sample(shards =>
        Spread(Enumerable.Range(0, shards * 200).Select(_ => Ids.FreshSlug()), shards), iter: 20);

    private static void Spread(IEnumerable<string> treasures, int shards)
    {
        var counts = treasures.CountBy(treasure => Ids.ShardOf(treasure, shards)).ToDictionary();

        // A fair share is two hundred.
        Assert.Equal(Enumerable.Range(0, shards), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 60, 400));
    }
}
