using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The number of decided claims and exhausted treasures of a plan.</summary>
public class PlannedDecisionSpecs
{
    [Theory]
    [InlineData(5_000, 50_000, 50, 1)]
    [InlineData(5_000, 50_000, 50, 77)]
    [InlineData(1_000, 10_000, 50, 1)]
    public void Most_claims_reach_a_decision_although_many_treasures_are_exhausted(int players, int claims, int treasures, int seed)
    {
        var plan = Planner.Make(new PlanSize(players, claims, treasures, seed));
        var result = ImmediateRefusalModel.Decide(plan);

        Assert.True(result.Decided >= 0.7 * claims, $"{result.Decided} of {claims} claims are decided");
        Assert.InRange(result.SoldOut, treasures * 0.5, treasures * 0.9);
    }

    [Fact]
    public void Most_claims_reach_a_decision_when_players_reach_their_limits() =>
        Assert.True(
            ImmediateRefusalModel.Decide(
                Planner.Make(new PlanSize(Players: 100, Claims: 20_000, Treasures: 5, Seed: 3))).Decided >= 0.7 * 20_000);
}
