using CsCheck;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The shard of a treasure.</summary>
public class ShardOfTreasureSpecs
{
    private static readonly Gen<string> Words = Gen.Char["abcdefghijklmnopqrstuvwxyzABCXYZ0123456789._:-"].Array[1, 64].Select(
        word => new string(word));

    // Two workers would decide a treasure at the same time if it moved to another queue.
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

        // The average is 200.
        Assert.Equal(Enumerable.Range(0, shards), counts.Keys.Order());
        Assert.All(counts.Values, count => Assert.InRange(count, 60, 400));
    }
}
