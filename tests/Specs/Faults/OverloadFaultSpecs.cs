using TreasureHunt.Faults.Catalogue;
using Xunit;
using static TreasureHunt.Specs.Faults.CallTallies;

namespace TreasureHunt.Specs.Faults;

/// <summary>The check of the overload fault.</summary>
public static class OverloadFaultSpecs
{
    [Fact]
    public static void Overload_passes_when_some_claims_are_admitted_and_some_are_shed() =>
        Assert.Empty(OverloadCheck.FindViolations(TallyOf((200, 10), (429, 10)), TallyOf((202, 10))));

    [Fact]
    public static void Overload_without_shed_claims_is_inconclusive() =>
        Assert.Equal([0], OverloadCheck.FindViolations(TallyOf((200, 10)), TallyOf((202, 10))).Select(violation => violation.Invariant));

    [Fact]
    public static void Overload_without_admitted_claims_fails()
    {
        Assert.NotEmpty(OverloadCheck.FindViolations(TallyOf((429, 10)), TallyOf((202, 10))));
        Assert.NotEmpty(OverloadCheck.FindViolations(TallyOf((200, 10), (429, 10)), TallyOf()));
        Assert.NotEmpty(OverloadCheck.FindViolations(TallyOf(), TallyOf()));
    }
}
