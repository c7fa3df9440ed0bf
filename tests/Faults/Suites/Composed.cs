using System.Globalization;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Suites;

/// <summary>Several faults at once, one fired while the others hold.</summary>
internal static class Composed
{
    /// <param name="among">Faults that need no hosts started anew for them.</param>
    public static Fault Of(IReadOnlyList<Fault> among, Random dice)
    {
        var faults = Enumerable.Range(0, dice.Next(2, 4)).Select(_ => among[dice.Next(among.Count)]).DistinctBy(fault => fault.Number)
            .OrderByDescending(fault => fault.StrikesDeciding).ToList();
        var struck = new List<Fault>();
        var pauses = faults.ConvertAll(_ => TimeSpan.FromMilliseconds(dice.Next(3000)));
        return new Fault(
            0, string.Join('+', faults.Select(fault => fault.Number.ToString(CultureInfo.InvariantCulture))),
            "whatever each of them may cost")
        {
            Holds = TimeSpan.FromSeconds(dice.Next(1, 8)),
            Recovers = TimeSpan.FromSeconds(90),
            LosesMarks = faults.Exists(fault => fault.LosesMarks),
            Fire = async scene =>
            {
                var seen = new List<string>();
                foreach (var (fault, pause) in faults.Zip(pauses))
                {
                    try
                    {
                        seen.Add(await fault.Fire(scene));
                        struck.Add(fault);
                    }
                    catch (Exception) when (seen.Count > 0)
                    {
                        // What is dead already cannot be hit again.
                        seen.Add($"{fault.Name} found nothing to strike");
                    }

                    await Task.Delay(pause);
                }

                return string.Join("; ", seen);
            },
            Heal = async scene =>
            {
                // First everybody is there again: one fault's healing may need what another has killed.
                await scene.Set.Thaw([.. HuntSet.Processes]);
                await scene.Set.Heal();
                foreach (var fault in struck.Where(fault => fault.Heal is not null))
                {
                    await fault.Heal!(scene);
                }

                // And what was left by those that struck only half.
                foreach (var kept in scene.Kept)
                {
                    await kept.DisposeAsync();
                }

                scene.Kept.Clear();
            },
        };
    }
}
