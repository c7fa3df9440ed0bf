using System.Reflection;
using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Projections;
using Xunit;
using static TreasureHunt.Specs.Evening;

namespace TreasureHunt.Specs.Wire;

/// <summary>What the caches hold, and under which keys: hosts of two builds read and write them side by side.</summary>
public class ReadModelFormat
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    private static readonly Keys Named = new("th");

    private static readonly Dictionary<string, (string Written, string Key)> EveryKey = new()
    {
        [nameof(Keys.Hunt)] = ("th:1:hunt:{sale}", Named.Hunt("sale")),
        [nameof(Keys.HuntTreasures)] = ("th:1:hunt:{sale}:treasures", Named.HuntTreasures("sale")),
        [nameof(Keys.Treasure)] = ("th:1:treasure:{goose}", Named.Treasure("goose")),
        [nameof(Keys.Claim)] = ("th:1:claim:{22d4a7723ffa576a8eababb6e30d6d10}", Named.Claim(ClaimId)),
        [nameof(Keys.PlayerClaims)] = ("th:1:player:{alice}:claims", Named.PlayerClaims("alice")),
        [nameof(Keys.Leaderboard)] = ("th:1:leaderboard:{sale}", Named.Leaderboard("sale")),
        [nameof(Keys.LeaderboardSequence)] = ("th:1:leaderboard:{sale}:sequence", Named.LeaderboardSequence("sale")),
        [nameof(Keys.Hunts)] = ("th:1:hunts", Named.Hunts),
        [nameof(Keys.Progress)] = ("th:1:progress:claims", Named.Progress("claims")),
        [nameof(Keys.Pulse)] = ("th:pulse", Named.Pulse),
        [nameof(Keys.TreasureChanges)] = ("th:changes:treasures", Named.TreasureChanges),
        [nameof(Keys.HuntChanges)] = ("th:changes:hunts", Named.HuntChanges),
    };

    public static TheoryData<string> KeyNames => [.. EveryKey.Keys];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void A_key_is_what_it_has_ever_been(string name) => StorageFormat.Is(EveryKey[name].Written, EveryKey[name].Key);

    [Fact]
    public void Every_key_is_written_down_here() => Assert.Equal(
        typeof(Keys).GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(member => member.Name).Order(),
        EveryKey.Keys.Order());

    [Fact]
    public void Keys_of_one_script_share_a_hash_tag()
    {
        Assert.Equal(Tag(Named.Leaderboard("sale")), Tag(Named.LeaderboardSequence("sale")));
        Assert.Equal(Tag(Named.Hunt("sale")), Tag(Named.HuntTreasures("sale")));
    }

    [Fact]
    public void Installations_that_share_a_server_share_no_key() => Assert.StartsWith("other:", new Keys("other").Pulse, StringComparison.Ordinal);

    [Fact]
    public void Names_of_the_read_models() => StorageFormat.Is("claims hunts leaderboard memcached treasures", string.Join(' ', ReadModelNames.All.Order()));

    [Fact]
    public void A_hunt() => Holds(
        """42|{"huntId":"sale","name":"Autumn sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[{"from":"2026-11-23T18:30:00+00:00","until":"2026-11-23T18:45:00+00:00"},{"from":"2026-11-23T19:00:00+00:00"}],"cancelledAt":"2026-11-23T19:30:00+00:00"},"playerLimit":3}""",
        new HuntView("sale", "Autumn sale", new HuntWindow(true, At("18:00"), At("20:00"), [new Pause(At("18:30"), At("18:45")), new Pause(At("19:00"), null)], At("19:30")), 3));

    [Fact]
    public void A_treasure() => Holds(
        """42|{"treasureId":"goose","huntId":"sale","name":"Golden goose","stock":5,"awarded":3,"perPlayer":2,"proofRequired":true,"withdrawn":false,"clues":[{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}]}""",
        new TreasureView("goose", "sale", "Golden goose", 5, 3, 2, true, false, [new Clue("By the river", At("18:05"))]));

    [Fact]
    public void A_claim_that_lost() => Holds(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"rejected","reason":"treasure-exhausted","position":17,"winningPosition":12,"lateByMs":41,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "rejected", "treasure-exhausted", 17, 12, 41, At("18:00"), At("18:00:01")));

    [Fact]
    public void A_claim_under_way() => Holds(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"pending"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "pending"));

    private static void Holds<TView>(string written, TView view)
    {
        StorageFormat.Is(written, Encoding.UTF8.GetString(Stamp.Of(42, view).ToBytes()));
        var read = StampedValue.Parse(Encoding.UTF8.GetBytes(written));
        Assert.Equal(42, read.Sequence);
        Assert.Equivalent(view, read.View<TView>(), strict: true);
    }

    private static string Tag(string key) => key[key.IndexOf('{', StringComparison.Ordinal)..(key.IndexOf('}', StringComparison.Ordinal) + 1)];
}
