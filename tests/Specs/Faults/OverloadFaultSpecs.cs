using TreasureHunt.Faults.Catalogue;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;
using static TreasureHunt.Specs.Faults.CallTallies;

namespace TreasureHunt.Specs.Faults;

/// <summary>The check of the overload fault.</summary>
public static class OverloadFaultSpecs
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    [Fact]
    public static void Overload_passes_when_some_claims_are_admitted_and_some_are_shed() =>
        Assert.Empty(InvariantsOf(TallyOf((200, 100), (429, 100)), TallyOf((202, 100))));

    [Fact]
    public static void Overload_without_shed_claims_is_inconclusive() =>
        Assert.Equal([0], InvariantsOf(TallyOf((200, 100)), TallyOf((202, 100))));

    [Fact]
    public static void Overload_that_admits_a_small_part_of_the_capacity_fails() =>
        Assert.Equal([13], InvariantsOf(TallyOf((200, 40), (429, 100)), TallyOf((202, 100))));

    [Fact]
    public static void Refusals_at_a_third_of_the_capacity_fail() =>
        Assert.Equal([13], InvariantsOf(TallyOf((200, 100), (429, 100)), TallyOf((202, 98), (429, 2))));

    [Fact]
    public static void An_unexpected_status_fails() =>
        Assert.Equal([12], InvariantsOf(TallyOf((200, 100), (429, 100), (504, 1)), TallyOf((202, 100))));

    // A capacity of 20 claims a second, of which a quarter for ten seconds is 50. Half of the answers of a tally are reads.
    private static IEnumerable<int> InvariantsOf(CallTally overload, CallTally baseline) =>
        OverloadCheck.FindViolations(CallTally.Sum([overload], Duration), baseline, capacity: 20).Select(violation => violation.Invariant);
}
