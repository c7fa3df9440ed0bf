using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>Judgement of the growth of processes.</summary>
public static class GrowthSpecs
{
    [Fact]
    public static void A_process_without_measurements_fails()
    {
        Assert.Empty(MemoryGrowth.FindViolations(new Dictionary<string, List<long>> { ["api-1"] = [1, 2, 1, 2] }, "spec"));
        Assert.NotEmpty(MemoryGrowth.FindViolations(new Dictionary<string, List<long>> { ["api-1"] = [1, 2, 0, 0] }, "spec"));
        Assert.NotEmpty(MemoryGrowth.FindViolations(new Dictionary<string, List<long>> { ["api-1"] = [1] }, "spec"));
    }
}
