using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;

namespace TreasureHunt.Specs.Cli;

/// <summary>Decides a plan claim by claim with an API that refuses claims on exhausted treasures immediately.</summary>
internal static class ImmediateRefusalModel
{
    public static (int Decided, int SoldOut) Decide(Plan plan)
    {
        var left = plan.Treasures.Select(treasure => treasure.Stock).ToArray();
        var decided = new HashSet<(int, int, string)>();
        var wonByTreasure = new Dictionary<(int Player, int Treasure), int>();
        var wonByPlayer = new Dictionary<int, int>();
        foreach (var claim in plan.PeakClaims.Where(claim => left[claim.Treasure] > 0))
        {
            var treasure = plan.Treasures[claim.Treasure];
            var awardsOfTreasure = wonByTreasure.GetValueOrDefault((claim.Player, claim.Treasure));
            var awardsOfHunt = wonByPlayer.GetValueOrDefault(claim.Player);
            if (!decided.Add((claim.Player, claim.Treasure, claim.Key)))
            {
                continue;
            }

            if (awardsOfTreasure == treasure.PerPlayer || awardsOfHunt == plan.PlayerLimit
                || (treasure.Proof is not null && claim.Proof != treasure.Proof))
            {
                continue;
            }

            left[claim.Treasure]--;
            wonByTreasure[(claim.Player, claim.Treasure)] = awardsOfTreasure + 1;
            wonByPlayer[claim.Player] = awardsOfHunt + 1;
        }

        return (decided.Count, left.Count(units => units == 0));
    }
}
