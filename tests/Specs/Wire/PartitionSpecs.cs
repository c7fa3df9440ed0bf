using System.Text;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The partitions of the keys in Redis.</summary>
public class PartitionSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");
    private static readonly ReadModelKeys Keys = new("th");
    private static readonly GenerationKeys ThirdGeneration = Keys.OfGeneration("claims", 3);

    [Fact]
    public void A_claim_and_its_pending_marker_share_a_partition() =>
        Assert.Equal(Tag(Keys.Pending(ClaimId)), Tag(ThirdGeneration.Claim(ClaimId).Name));

    [Fact]
    public void A_key_and_its_checkpoint_share_a_partition()
    {
        PartitionedKey[] keys =
            [ThirdGeneration.Hunt("sale"), ThirdGeneration.HuntTreasures("sale"), ThirdGeneration.Hunts, ThirdGeneration.Treasure(
                "goose"), ThirdGeneration.Claim(
                ClaimId), ThirdGeneration.PlayerClaims("alice"), ThirdGeneration.Leaderboard("sale"),
                ThirdGeneration.LeaderboardSequence("sale")];
        Assert.All(keys, key => Assert.Equal(Tag(ThirdGeneration.Checkpoint(key.Partition)), Tag(key.Name)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Partitions_are_distributed_evenly_over_nodes(int nodes) => Assert.All(
        Enumerable.Range(0, Partitions.Count).CountBy(partition => HashSlot(Partitions.Tag(partition)[1..^1]) * nodes / 16384),
        node => Assert.Equal(Partitions.Count / nodes, node.Value));

    private static string Tag(string key) =>
        key[key.IndexOf('{', StringComparison.Ordinal)..(key.IndexOf('}', StringComparison.Ordinal) + 1)];

    /// <summary>The hash slot of Redis Cluster: CRC-16/XMODEM of the hash tag, modulo 16,384.</summary>
    private static int HashSlot(string tag)
    {
        var crc = 0;
        foreach (var octet in Encoding.ASCII.GetBytes(tag))
        {
            crc ^= octet << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (crc & 0xFFFF) % 16384;
    }
}
