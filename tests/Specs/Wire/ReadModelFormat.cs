using System.Reflection;
using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>What the caches hold, and under which keys: hosts of two builds read and write them side by side.</summary>
public class ReadModelFormat
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly ReadModelKeys Named = new("th");

    private static readonly GenerationKeys Third = Named.In("claims", 3);

    private static readonly Dictionary<string, (string Written, string Key)> EveryKey = new()
    {
        [nameof(ReadModelKeys.Generations)] = ("th:generations", Named.Generations),
        [nameof(ReadModelKeys.Pending)] = ("th:{b2}:pending:22d4a7723ffa576a8eababb6e30d6d10", Named.Pending(ClaimId)),
        [nameof(ReadModelKeys.ProjectionReport)] = ("th:projections", Named.ProjectionReport),
        [nameof(ReadModelKeys.CommitChannel)] = ("th:pulse", Named.CommitChannel),
        [nameof(ReadModelKeys.TreasureChanges)] = ("th:changes:treasures", Named.TreasureChanges),
        [nameof(ReadModelKeys.HuntChanges)] = ("th:changes:hunts", Named.HuntChanges),
        [nameof(ReadModelKeys.In)] = ("th:claims:3", Third.Start),
        [nameof(GenerationKeys.Start)] = ("th:claims:3", Third.Start),
        [nameof(GenerationKeys.Pattern)] = ("th:claims:3:*", Third.Pattern),
        [nameof(GenerationKeys.Checkpoints)] = ("th:claims:3:{b21}:marker", Third.Checkpoints.ElementAt(21)),
        [nameof(GenerationKeys.Checkpoint)] = ("th:claims:3:{b21}:marker", Third.Checkpoint(21)),
        [nameof(GenerationKeys.Hunt)] = ("th:claims:3:{b14}:hunt:sale", Third.Hunt("sale").Name),
        [nameof(GenerationKeys.HuntTreasures)] = ("th:claims:3:{b14}:hunt-treasures:sale", Third.HuntTreasures("sale").Name),
        [nameof(GenerationKeys.Hunts)] = ("th:claims:3:{b0}:hunts", Third.Hunts.Name),
        [nameof(GenerationKeys.Treasure)] = ("th:claims:3:{b8}:treasure:goose", Third.Treasure("goose").Name),
        [nameof(GenerationKeys.Claim)] = ("th:claims:3:{b2}:claim:22d4a7723ffa576a8eababb6e30d6d10", Third.Claim(ClaimId).Name),
        [nameof(GenerationKeys.PlayerClaims)] = ("th:claims:3:{b23}:player-claims:alice", Third.PlayerClaims("alice").Name),
        [nameof(GenerationKeys.Leaderboard)] = ("th:claims:3:{b14}:leaderboard:sale", Third.Leaderboard("sale").Name),
        [nameof(GenerationKeys.LeaderboardSequence)] = ("th:claims:3:{b14}:leaderboard-sequence:sale", Third.LeaderboardSequence(
            "sale").Name),
    };

    public static TheoryData<string> KeyNames => [.. EveryKey.Keys];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void A_key_is_what_it_has_ever_been(string name) => StorageFormat.Is(EveryKey[name].Written, EveryKey[name].Key);

    [Fact]
    public void Every_key_is_written_down_here() => Assert.Equal(
        ((Type[])[typeof(ReadModelKeys), typeof(GenerationKeys)])
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(member => member.Name).Order(),
        EveryKey.Keys.Order());

    [Fact]
    public void The_report_of_the_projections() =>
        StorageFormat.Is(
            "{\"head\":4711,\"stalled\":[\"redis:All\"]}", Encoding.UTF8.GetString(new ProjectionReport(4711, ["redis:All"]).ToBytes()));

    [Fact]
    public void A_state_that_cannot_be_written() =>
        StorageFormat.Is("4711|", Encoding.UTF8.GetString(VersionedValue.NotWritable(4711).ToBytes()));

    [Fact]
    public void A_claim_lies_in_one_partition_with_its_mark() => Assert.Equal(Tag(Named.Pending(ClaimId)), Tag(Third.Claim(ClaimId).Name));

    [Fact]
    public void A_key_lies_in_one_partition_with_its_marker()
    {
        PartitionedKey[] keys =
            [Third.Hunt("sale"), Third.HuntTreasures("sale"), Third.Hunts, Third.Treasure("goose"), Third.Claim(
                ClaimId), Third.PlayerClaims("alice"), Third.Leaderboard("sale"), Third.LeaderboardSequence("sale")];
        Assert.All(keys, key => Assert.Equal(Tag(Third.Checkpoint(key.Partition)), Tag(key.Name)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void Partitions_spread_evenly_over_nodes(int nodes) => Assert.All(
        Enumerable.Range(0, Partitions.Count).CountBy(partition => HashSlot(Partitions.Tag(partition)[1..^1]) * nodes / 16384),
        node => Assert.Equal(Partitions.Count / nodes, node.Value));

    [Fact]
    public void Installations_that_share_a_server_share_no_key() =>
        Assert.StartsWith("other:", new ReadModelKeys("other").CommitChannel, StringComparison.Ordinal);

    [Fact]
    public void Names_of_the_read_models() =>
        StorageFormat.Is("claims hunts leaderboard memcached treasures", string.Join(' ', ReadModelNames.All.Order()));

    [Fact]
    public void A_hunt() => Holds(
        """42|{"huntId":"sale","name":"Autumn sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[{"from":"2026-11-23T18:30:00+00:00","until":"2026-11-23T18:45:00+00:00"},{"from":"2026-11-23T19:00:00+00:00"}],"cancelledAt":"2026-11-23T19:30:00+00:00"},"playerLimit":3}""",
        new HuntView(
            "sale", "Autumn sale",
            new HuntWindow(
                true, At("18:00"), At("20:00"), [new Pause(At("18:30"), At("18:45")), new Pause(At("19:00"), null)], At("19:30")), 3));

    [Fact]
    public void A_treasure() => Holds(
        """42|{"treasureId":"goose","huntId":"sale","name":"Golden goose","stock":5,"awarded":3,"perPlayer":2,"proofRequired":true,"withdrawn":false,"clues":[{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}]}""",
        new TreasureView("goose", "sale", "Golden goose", 5, 3, 2, true, false, [new Clue("By the river", At("18:05"))]));

    [Fact]
    public void A_claim_that_lost() => Holds(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"rejected","reason":"treasure-exhausted","position":17,"winningPosition":12,"lateByMs":41,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "rejected", "treasure-exhausted", 17, 12, 41, At("18:00"), At("18:00:01")));

    [Fact]
    public void A_claim_whose_payload_is_known() => Holds(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"won","position":1,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00","fingerprint":"-"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "won", null, 1, null, null, At("18:00"), At("18:00:01"), Fingerprint: "-"));

    [Fact]
    public void A_hunt_that_is_announced() => Holds(
        """42|{"huntId":"sale","name":"Autumn sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[],"announceAt":"2026-11-23T16:00:00+00:00"}}""",
        new HuntView("sale", "Autumn sale", new HuntWindow(true, At("18:00"), At("20:00"), [], AnnounceAt: At("16:00")), null));

    [Fact]
    public void A_claim_under_way() => Holds(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"pending"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "pending"));

    private static void Holds<TView>(string written, TView view)
    {
        StorageFormat.Is(written, Encoding.UTF8.GetString(VersionedJson.Of(42, view).ToBytes()));
        var read = VersionedValue.Parse(Encoding.UTF8.GetBytes(written));
        Assert.Equal(42, read.Sequence);
        Assert.Equivalent(view, read.View<TView>(), strict: true);
    }

    private static string Tag(string key) =>
        key[key.IndexOf('{', StringComparison.Ordinal)..(key.IndexOf('}', StringComparison.Ordinal) + 1)];

    /// <summary>As a Redis Cluster computes it: CRC-16/XMODEM of the hash tag, modulo 16,384.</summary>
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
