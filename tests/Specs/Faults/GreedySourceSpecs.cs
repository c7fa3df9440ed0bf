using TreasureHunt.Faults.Catalogue;
using Xunit;
using static TreasureHunt.Specs.Faults.CallTallies;

namespace TreasureHunt.Specs.Faults;

/// <summary>The check of the fault with a greedy source.</summary>
public static class GreedySourceSpecs
{
    [Fact]
    public static void A_greedy_source_passes_when_others_are_served() =>
        Assert.Empty(GreedySourceCheck.FindViolations(500, TallyOf((200, 90), (202, 10)), TallyOf((200, 100))));

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public static void A_greedy_source_with_too_few_connections_is_inconclusive(int open) =>
        Assert.Equal(
            [0], GreedySourceCheck.FindViolations(open, TallyOf((200, 100)), TallyOf((200, 100))).Select(violation => violation.Invariant));

    [Theory]
    [InlineData(0)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public static void A_greedy_source_that_starves_others_fails(int status)
    {
        Assert.NotEmpty(GreedySourceCheck.FindViolations(500, TallyOf((200, 90), (status, 10)), TallyOf((200, 100))));
        Assert.NotEmpty(GreedySourceCheck.FindViolations(500, TallyOf((status, 100)), TallyOf((200, 100))));
    }

    [Fact]
    public static void A_greedy_source_without_other_callers_fails()
    {
        Assert.NotEmpty(GreedySourceCheck.FindViolations(500, TallyOf(), TallyOf((200, 100))));
        Assert.NotEmpty(GreedySourceCheck.FindViolations(500, TallyOf((200, 100)), TallyOf()));
    }
}
