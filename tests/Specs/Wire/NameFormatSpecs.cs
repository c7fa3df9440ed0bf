using System.Reflection;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The names of streams, exchanges, queues, audiences, outcomes and reasons.</summary>
public class NameFormatSpecs
{
    [Fact]
    public void The_names_of_the_event_streams_have_not_changed()
    {
        StorageFormat.IsUnchanged("hunt-sale", StreamNames.Hunt("sale"));
        StorageFormat.IsUnchanged("treasure-goose", StreamNames.Treasure("goose"));
        StorageFormat.IsUnchanged("refusals-goose", StreamNames.Refusals("goose"));
    }

    [Fact]
    public void The_names_of_the_exchanges_and_queues_have_not_changed()
    {
        StorageFormat.IsUnchanged("treasure-hunt.claims", BusNames.ClaimIntake);
        StorageFormat.IsUnchanged("claims-intake", BusNames.ClaimIntakeQueue);
        StorageFormat.IsUnchanged("treasure-hunt.events", BusNames.Events);
        StorageFormat.IsUnchanged("treasure-hunt.events.log", BusNames.EventsStream);
        StorageFormat.IsUnchanged("admin-commands", BusNames.AdminQueue);
        StorageFormat.IsUnchanged("claims-0", BusNames.Shard(0));
        StorageFormat.IsUnchanged("claims-63", BusNames.Shard(63));
    }

    [Fact]
    public void The_names_of_the_audiences_and_scopes_have_not_changed()
    {
        StorageFormat.IsUnchanged("treasure-hunt-player", Contracts.Audiences.Player);
        StorageFormat.IsUnchanged("treasure-hunt-storefront", Contracts.Audiences.Storefront);
        StorageFormat.IsUnchanged("treasure-hunt-admin", Contracts.Audiences.Administrator);
        StorageFormat.IsUnchanged("hunts claims operations read", string.Join(' ', Scopes.All));
    }

    [Fact]
    public void The_names_of_the_outcomes_have_not_changed() =>
        StorageFormat.IsUnchanged("pending rejected won", Constants(typeof(Outcomes)));

    [Fact]
    public void The_names_of_the_refusal_reasons_have_not_changed() => StorageFormat.IsUnchanged(
        "already-claimed hunt-closed hunt-not-open hunt-paused player-limit-reached proof-missing proof-wrong too-many-attempts "
        + "too-many-refusals treasure-exhausted treasure-not-found treasure-withdrawn",
        Constants(typeof(Reasons)));

    private static string Constants(Type type) => string.Join(' ', type.GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal));
}
