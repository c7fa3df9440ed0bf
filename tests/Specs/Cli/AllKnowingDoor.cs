using TreasureHunt.Cli.Demo;

namespace TreasureHunt.Specs.Cli;

/// <summary>Plays a plan claim by claim, with a door that refuses whatever is sold out in the very moment in which it is.</summary>
internal static class AllKnowingDoor
{
    public static (int Decided, int SoldOut) Play(Plan plan)
    {
        var left = plan.Treasures.Select(treasure => treasure.Stock).ToArray();
        var decided = new HashSet<(int, int, string)>();
        var wonHere = new Dictionary<(int Player, int Treasure), int>();
        var won = new Dictionary<int, int>();
        foreach (var claim in plan.Storm.Where(claim => left[claim.Treasure] > 0))
        {
            var treasure = plan.Treasures[claim.Treasure];
            var here = wonHere.GetValueOrDefault((claim.Player, claim.Treasure));
            var anywhere = won.GetValueOrDefault(claim.Player);
            if (!decided.Add((claim.Player, claim.Treasure, claim.Key)))
            {
                continue;
            }

            if (here == treasure.PerPlayer || anywhere == plan.PlayerLimit || (treasure.Proof is not null && claim.Proof != treasure.Proof))
            {
                continue;
            }

            left[claim.Treasure]--;
            wonHere[(claim.Player, claim.Treasure)] = here + 1;
            won[claim.Player] = anywhere + 1;
        }

        return (decided.Count, left.Count(units => units == 0));
    }
}
