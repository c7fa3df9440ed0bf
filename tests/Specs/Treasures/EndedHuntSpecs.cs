using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Hunts;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Treasures;

/// <summary>A hunt that has ended accepts no more treasures.</summary>
public class EndedHuntSpecs
{
    [Fact]
    public void An_automatically_closed_hunt_accepts_no_more_treasures() => RefusedAsEnded("20:00", Drafted(), Scheduled());

    [Fact]
    public void A_closed_hunt_accepts_no_more_treasures() => RefusedAsEnded("18:30", Drafted(), Scheduled(), Closed("18:15"));

    [Fact]
    public void A_cancelled_hunt_accepts_no_more_treasures() => RefusedAsEnded("18:30", Drafted(), Cancelled("18:15"));

    private static void RefusedAsEnded(string at, params IHuntEvent[] hunt) =>
        WithHunt(hunt).When(Hide(at)).ThenRefused(ProblemNames.NotAllowedNow, "The hunt is over.");

    private static CommandScenario<Treasure> WithHunt(params IHuntEvent[] hunt) => new(null, HideIn(hunt));

    private static Func<Treasure?, IAdminCommand, CommandDecision> HideIn(params IHuntEvent[] hunt) =>
        (treasure, command) => Treasure.DecideHide(treasure, HuntExamples.Fold(hunt), (HideTreasure)command);
}
