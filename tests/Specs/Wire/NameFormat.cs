using System.Reflection;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Hosting;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The names under which things are kept, sent and found again.</summary>
public class NameFormat
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    [Fact]
    public void Streams()
    {
        StorageFormat.Is("hunt-sale", StreamNames.Hunt("sale"));
        StorageFormat.Is("treasure-goose", StreamNames.Treasure("goose"));
        StorageFormat.Is("refusals-goose", StreamNames.Refusals("goose"));
    }

    [Fact]
    public void Exchanges_and_queues()
    {
        StorageFormat.Is("treasure-hunt.claims", BusNames.ClaimIntake);
        StorageFormat.Is("claims-intake", BusNames.ClaimIntakeQueue);
        StorageFormat.Is("admin-commands", BusNames.Admin);
        StorageFormat.Is("claims-0", BusNames.Shard(0));
        StorageFormat.Is("claims-63", BusNames.Shard(63));
    }

    [Fact]
    public void Keys_of_the_read_models()
    {
        var keys = new Keys("th");

        StorageFormat.Is("th:1:hunt:{sale}", keys.Hunt("sale"));
        StorageFormat.Is("th:1:treasure:{goose}", keys.Treasure("goose"));
        StorageFormat.Is("th:1:claim:{22d4a7723ffa576a8eababb6e30d6d10}", keys.Claim(ClaimId));
        StorageFormat.Is("th:1:player:{alice}:claims", keys.PlayerClaims("alice"));
        StorageFormat.Is("th:1:leaderboard:{sale}", keys.Leaderboard("sale"));
        StorageFormat.Is("th:1:leaderboard:{sale}:sequence", keys.LeaderboardSequence("sale"));
        StorageFormat.Is("th:1:hunts", keys.Hunts);
        StorageFormat.Is("th:1:progress:hunt", keys.Progress("hunt"));
        StorageFormat.Is("th:pulse", keys.Pulse);
    }

    [Fact]
    public void Installations_that_share_a_server_share_no_key() => Assert.StartsWith("other:", new Keys("other").Pulse, StringComparison.Ordinal);

    [Fact]
    public void Audiences()
    {
        StorageFormat.Is("treasure-hunt-player", Tokens.Player);
        StorageFormat.Is("treasure-hunt-admin", Tokens.Admin);
    }

    [Fact]
    public void Outcomes_of_a_claim() => StorageFormat.Is("pending rejected won", Constants(typeof(Outcomes)));

    [Fact]
    public void Reasons_of_a_refusal() => StorageFormat.Is(
        "already-claimed hunt-closed hunt-not-open hunt-paused player-limit-reached proof-missing proof-wrong too-many-attempts "
        + "treasure-exhausted treasure-not-found treasure-withdrawn",
        Constants(typeof(Reasons)));

    private static string Constants(Type type) => string.Join(' ', type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));
}
