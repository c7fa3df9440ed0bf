using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The hunt that warms the engine up.</summary>
public class WarmUpHuntSpecs
{
    [Fact]
    public void Every_quiet_claim_of_the_warm_up_hunt_can_win()
    {
        var warmUpHunt = WarmUpHunt.Make(warmUp: 2_000, quiet: 250);

        Assert.Equal((2_000, 250), (warmUpHunt.WarmUp.Count, warmUpHunt.Quiet.Count));
        Assert.Distinct(warmUpHunt.Quiet.Select(claim => claim.Player));
        Assert.All(warmUpHunt.Quiet, claim => Assert.True(warmUpHunt.Plan.Treasures[claim.Treasure].Stock > 250));
        Assert.DoesNotContain(warmUpHunt.Quiet[0].Player, warmUpHunt.WarmUp.Select(claim => claim.Player));
    }
}
