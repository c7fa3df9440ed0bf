using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Events and commands of an example hunt with the id <c>sale</c>, which is open from 18:00 to 20:00 by default.</summary>
internal static class HuntExamples
{
    public const string Sale = "sale";

    public static HuntDrafted Drafted(string opens = "18:00", string closes = "20:00", int? playerLimit = null) =>
        new(Sale, At("12:00"), "Autumn sale", At(opens), At(closes), playerLimit);

    public static HuntScheduled Scheduled(string at = "12:30") => new(Sale, At(at));

    public static HuntOpened Opened(string at) => new(Sale, At(at));

    public static HuntPaused Paused(string at) => new(Sale, At(at));

    public static HuntResumed Resumed(string at) => new(Sale, At(at));

    public static HuntClosed Closed(string at) => new(Sale, At(at));

    public static HuntCancelled Cancelled(string at) => new(Sale, At(at));

    public static DraftHunt Draft(int? playerLimit = null) =>
        new(CommandId("draft"), At("12:00"), Sale, "Autumn sale", At("18:00"), At("20:00"), playerLimit);

    public static ChangeHunt Change(HuntChange change, string at) => new(CommandId($"{change} {at}"), At(at), Sale, change);

    public static CommandScenario<Hunt> Given(params IHuntEvent[] events) => new(Fold(events), Hunt.Decide);

    public static Hunt? Fold(params IEnumerable<IHuntEvent> events) => CommandScenario<Hunt>.Fold(events, Hunt.Evolve);

    private static Guid CommandId(string key) => Ids.ForCommand("admin", Sale, key);
}
