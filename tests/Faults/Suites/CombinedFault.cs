using System.Globalization;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Suites;

/// <summary>Two or three faults within seconds of each other. They heal together.</summary>
internal static class CombinedFault
{
    /// <param name="candidates">Faults that can be combined.</param>
    public static Fault CombineAtRandom(IReadOnlyList<Fault> candidates, Random random)
    {
        var faults = Enumerable.Range(0, random.Next(2, 4)).Select(_ => candidates[random.Next(candidates.Count)])
            .DistinctBy(fault => fault.Number).OrderByDescending(fault => fault.NeedsPendingDecision).ToList();
        var injected = new List<Fault>();
        var pauses = faults.ConvertAll(_ => TimeSpan.FromMilliseconds(random.Next(3000)));
        var name = string.Join('+', faults.Select(fault => fault.Number.ToString(CultureInfo.InvariantCulture)));
        return new Fault(0, name, "the effects of each fault")
        {
            Duration = TimeSpan.FromSeconds(random.Next(1, 8)),
            MaxRecovery = TimeSpan.FromSeconds(90),
            LosesPendingMarks = faults.Exists(fault => fault.LosesPendingMarks),
            Inject = async scenario =>
            {
                var observations = new List<string>();
                foreach (var (fault, pause) in faults.Zip(pauses))
                {
                    try
                    {
                        observations.Add(await fault.Inject(scenario));
                        injected.Add(fault);
                    }
                    catch (Exception) when (observations.Count > 0)
                    {
                        // An earlier fault has killed a process that this one needs.
                        observations.Add($"{fault.Name} had no effect");
                    }

                    await Task.Delay(pause);
                }

                return string.Join("; ", observations);
            },
            Heal = scenario => Heal(scenario, injected),
        };
    }

    private static async Task Heal(FaultScenario scenario, List<Fault> injected)
    {
        // All processes run first: the healing of one fault may need a process that another has killed.
        await scenario.Set.Unfreeze([.. HuntSet.Processes]);
        await scenario.Set.StartMissing();
        foreach (var fault in injected.Where(fault => fault.Heal is not null))
        {
            await fault.Heal!(scenario);
        }

        // Faults whose injection failed halfway have left resources.
        foreach (var resource in scenario.Resources)
        {
            await resource.DisposeAsync();
        }

        scenario.Resources.Clear();
    }
}
