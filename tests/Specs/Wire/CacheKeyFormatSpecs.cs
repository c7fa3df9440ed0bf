using System.Reflection;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The keys of the caches.</summary>
public class CacheKeyFormatSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");
    private static readonly ReadModelKeys Keys = new("th");
    private static readonly GenerationKeys ThirdGeneration = Keys.OfGeneration("claims", 3);

    private static readonly Dictionary<string, (string Written, string Key)> EveryKey = new()
    {
        [nameof(ReadModelKeys.Generations)] = ("th:generations", Keys.Generations),
        [nameof(ReadModelKeys.Pending)] = ("th:{b2}:pending:22d4a7723ffa576a8eababb6e30d6d10", Keys.Pending(ClaimId)),
        [nameof(ReadModelKeys.ProjectionReport)] = ("th:projections", Keys.ProjectionReport),
        [nameof(ReadModelKeys.CommitChannel)] = ("th:pulse", Keys.CommitChannel),
        [nameof(ReadModelKeys.ViewChanges)] = ("th:changes:views", Keys.ViewChanges),
        [nameof(ReadModelKeys.ClaimChanges)] = ("th:changes:claims", Keys.ClaimChanges),
        [nameof(ReadModelKeys.LeaderboardChanges)] = ("th:changes:leaderboards", Keys.LeaderboardChanges),
        [nameof(ReadModelKeys.OfGeneration)] = ("th:claims:3", ThirdGeneration.Prefix),
        [nameof(GenerationKeys.Prefix)] = ("th:claims:3", ThirdGeneration.Prefix),
        [nameof(GenerationKeys.Pattern)] = ("th:claims:3:*", ThirdGeneration.Pattern),
        [nameof(GenerationKeys.Checkpoints)] = ("th:claims:3:{b21}:marker", ThirdGeneration.Checkpoints.ElementAt(21)),
        [nameof(GenerationKeys.Checkpoint)] = ("th:claims:3:{b21}:marker", ThirdGeneration.Checkpoint(21)),
        [nameof(GenerationKeys.Hunt)] = ("th:claims:3:{b14}:hunt:sale", ThirdGeneration.Hunt("sale").Name),
        [nameof(GenerationKeys.HuntTreasures)] = ("th:claims:3:{b14}:hunt-treasures:sale", ThirdGeneration.HuntTreasures("sale").Name),
        [nameof(GenerationKeys.Hunts)] = ("th:claims:3:{b0}:hunts", ThirdGeneration.Hunts.Name),
        [nameof(GenerationKeys.Treasure)] = ("th:claims:3:{b8}:treasure:goose", ThirdGeneration.Treasure("goose").Name),
        [nameof(GenerationKeys.Claim)] = ("th:claims:3:{b2}:claim:22d4a7723ffa576a8eababb6e30d6d10", ThirdGeneration.Claim(ClaimId).Name),
        [nameof(GenerationKeys.PlayerClaims)] = ("th:claims:3:{b23}:player-claims:alice", ThirdGeneration.PlayerClaims("alice").Name),
        [nameof(GenerationKeys.Leaderboard)] = ("th:claims:3:{b14}:leaderboard:sale", ThirdGeneration.Leaderboard("sale").Name),
        [nameof(GenerationKeys.LeaderboardSequence)] = ("th:claims:3:{b14}:leaderboard-sequence:sale", ThirdGeneration.LeaderboardSequence(
            "sale").Name),
    };

    public static TheoryData<string> KeyNames => [.. EveryKey.Keys];

    [Theory]
    [MemberData(nameof(KeyNames))]
    public void The_format_of_a_key_has_not_changed(string name) => StorageFormat.IsUnchanged(EveryKey[name].Written, EveryKey[name].Key);

    [Fact]
    public void Every_key_has_a_sample() => Assert.Equal(
        ((Type[])[typeof(ReadModelKeys), typeof(GenerationKeys)])
            .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(member => member is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(member => member.Name).Order(),
        EveryKey.Keys.Order());

    [Fact]
    public void Installations_that_share_a_server_share_no_key() =>
        Assert.StartsWith("other:", new ReadModelKeys("other").CommitChannel, StringComparison.Ordinal);
}
