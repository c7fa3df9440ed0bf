using System.Reflection;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The names under which things are kept, sent and found again.</summary>
public class NameFormat
{
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
        StorageFormat.Is("treasure-hunt.events", BusNames.Events);
        StorageFormat.Is("treasure-hunt.events.log", BusNames.EventsLog);
        StorageFormat.Is("admin-commands", BusNames.Admin);
        StorageFormat.Is("claims-0", BusNames.Shard(0));
        StorageFormat.Is("claims-63", BusNames.Shard(63));
    }

    [Fact]
    public void Audiences()
    {
        StorageFormat.Is("treasure-hunt-player", Contracts.Audiences.Player);
        StorageFormat.Is("treasure-hunt-storefront", Contracts.Audiences.Storefront);
        StorageFormat.Is("treasure-hunt-admin", Contracts.Audiences.Administrator);
        StorageFormat.Is("hunts claims operations read", string.Join(' ', Scopes.All));
    }

    [Fact]
    public void Outcomes_of_a_claim() => StorageFormat.Is("pending rejected won", Constants(typeof(Outcomes)));

    [Fact]
    public void Reasons_of_a_refusal() => StorageFormat.Is(
        "already-claimed hunt-closed hunt-not-open hunt-paused player-limit-reached proof-missing proof-wrong too-many-attempts "
        + "too-many-refusals treasure-exhausted treasure-not-found treasure-withdrawn",
        Constants(typeof(Reasons)));

    private static string Constants(Type type) => string.Join(' ', type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));
}
