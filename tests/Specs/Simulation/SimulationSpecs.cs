using System.Globalization;
using Xunit;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// Thousands of storms, each made from a seed. With <c>SIMULATION_SEEDS=100000</c> there are more of them; a seed that failed
/// is told again, alone, with <c>SIMULATION_FIRST=1234 SIMULATION_SEEDS=1</c>.
/// </summary>
public class SimulationSpecs
{
    private static readonly Make Sound = new();

    [Fact]
    public void Every_promise_is_kept_in_every_storm()
    {
        var first = Number("SIMULATION_FIRST", 1);
        var broken = Enumerable.Range(first, Number("SIMULATION_SEEDS", 3000)).Select(seed => Simulation.Run(seed, Sound)).FirstOrDefault(
            story => story.Broken is not null);
        Assert.True(broken is null, broken?.ToString());
    }

    [Fact]
    public void A_seed_always_tells_the_same_story()
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            Assert.Equal(Simulation.Run(seed, Sound).ToString(), Simulation.Run(seed, Sound).ToString());
        }
    }

    [Fact]
    public void Every_fault_strikes_in_some_storm() =>
        Assert.Equal(
            Enum.GetValues<SimulatedFault>(),
            Enumerable.Range(1, 100).SelectMany(seed => Simulation.Run(seed, Sound).Struck).Distinct().Order());

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } number ? int.Parse(number, CultureInfo.InvariantCulture) : usual;
}
