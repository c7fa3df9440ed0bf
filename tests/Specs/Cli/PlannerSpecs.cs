using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class PlannerSpecs
{
    private static readonly PlanSize Size = new(Players: 1_000, Claims: 10_000, Treasures: 50, Seed: 1);
    private static readonly Plan DefaultPlan = Planner.Make(Size);

    [Fact]
    public void The_same_seed_sends_the_same_claims()
    {
        var again = Planner.Make(Size);

        Assert.Equal(DefaultPlan.PeakClaims, again.PeakClaims);
        Assert.Equal(DefaultPlan.LateClaims, again.LateClaims);
        Assert.Equal(DefaultPlan.Treasures.Select(treasure => treasure.Stock), again.Treasures.Select(treasure => treasure.Stock));
    }

    [Fact]
    public void The_same_seed_sends_the_same_claims_in_every_version() =>
        Assert.Equal(
            [("player-00170", "hidden-goose", "1-0"), ("player-00396", "hidden-key", "1-1"), ("player-00086", "crystal-lantern", "1-2")],
            DefaultPlan.PeakClaims.Take(3).Select(
                claim => (DefaultPlan.Players[claim.Player], DefaultPlan.Treasures[claim.Treasure].Slug, claim.Key)));

    [Fact]
    public void Another_seed_sends_other_claims() =>
        Assert.NotEqual(DefaultPlan.PeakClaims, Planner.Make(Size with { Seed = 2 }).PeakClaims);

    [Fact]
    public void The_plan_has_the_requested_number_of_claims() =>
        Assert.Equal(Size.Claims, DefaultPlan.PeakClaims.Count + DefaultPlan.LateClaims.Count);

    [Fact]
    public void Every_identifier_is_valid()
    {
        Assert.All(DefaultPlan.Players, player => Assert.True(IdentifierRules.IsPlayer(player)));
        Assert.All(
            DefaultPlan.Treasures,
            treasure => Assert.True(IdentifierRules.IsSlug(treasure.Slug) && IdentifierRules.IsProof(treasure.Proof)));
        Assert.All(DefaultPlan.PeakClaims, claim => Assert.True(IdentifierRules.IsKey(claim.Key) && IdentifierRules.IsProof(claim.Proof)));
        Assert.Distinct(DefaultPlan.Treasures.Select(treasure => treasure.Slug));
    }

    [Fact]
    public void Some_treasures_get_many_more_claims_than_others()
    {
        var demand = DefaultPlan.PeakClaims.CountBy(claim => claim.Treasure).Select(pair => pair.Value).Order().ToList();

        Assert.True(demand[^1] > 10 * demand[0], $"{demand[^1]} and {demand[0]}");
    }

    [Theory]
    [InlineData(1, 10, 1)]
    [InlineData(3, 10, 250)]
    public void A_very_small_plan_is_valid(int players, int claims, int treasures)
    {
        var plan = Planner.Make(new PlanSize(players, claims, treasures, Seed: 1));

        Assert.Equal(claims, plan.PeakClaims.Count + plan.LateClaims.Count);
        Assert.All(plan.Treasures, treasure => Assert.True(treasure.Stock >= 1));
        Assert.Distinct(plan.Treasures.Select(treasure => treasure.Slug));
    }
}
