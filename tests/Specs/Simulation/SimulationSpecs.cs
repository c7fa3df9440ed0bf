using System.Globalization;
using Xunit;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// Thousands of simulations, one for each seed. <c>SIMULATION_SEEDS=100000</c> runs more seeds.
/// <c>SIMULATION_FIRST=1234 SIMULATION_SEEDS=1</c> repeats a single failed seed.
/// </summary>
public class SimulationSpecs
{
    private static readonly SimulationParts CorrectParts = new();

    [Fact]
    public void Every_promise_holds_in_every_simulation()
    {
        var first = Number("SIMULATION_FIRST", 1);
        var broken = Enumerable.Range(first, Number("SIMULATION_SEEDS", 3000)).Select(seed => Simulation.Run(seed, CorrectParts))
            .FirstOrDefault(
            trace => trace.BrokenPromise is not null);
        Assert.True(broken is null, broken?.ToString());
    }

    [Fact]
    public void A_seed_always_produces_the_same_trace()
    {
        foreach (var seed in Enumerable.Range(1, 50))
        {
            Assert.Equal(Simulation.Run(seed, CorrectParts).ToString(), Simulation.Run(seed, CorrectParts).ToString());
        }
    }

    [Fact]
    public void Every_fault_occurs_in_some_simulation() =>
        Assert.Equal(
            Enum.GetValues<SimulatedFault>(),
            Enumerable.Range(1, 100).SelectMany(seed => Simulation.Run(seed, CorrectParts).OccurredFaults).Distinct().Order());

    private static int Number(string variable, int defaultValue) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } number
            ? int.Parse(number, CultureInfo.InvariantCulture) : defaultValue;
}
