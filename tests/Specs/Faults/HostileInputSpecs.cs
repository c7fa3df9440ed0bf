using TreasureHunt.Faults.Catalogue;
using Xunit;
using static TreasureHunt.Specs.Faults.CallTallies;

namespace TreasureHunt.Specs.Faults;

/// <summary>The check of the fault with hostile input.</summary>
public static class HostileInputSpecs
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public static void Hostile_input_must_get_the_minimum_number_of_responses()
    {
        Assert.Empty(HostileInputCheck.FindHostileViolations(20_000, [], 2_000, Minute));
        Assert.NotEmpty(HostileInputCheck.FindHostileViolations(19_999, [], 2_000, Minute));
        Assert.NotEmpty(HostileInputCheck.FindHostileViolations(20_000, [], 1_999, Minute));
        Assert.NotEmpty(HostileInputCheck.FindHostileViolations(20_000, ["500 for GET /"], 2_000, Minute));
    }

    [Fact]
    public static void Hostile_input_without_honest_claims_fails()
    {
        Assert.Empty(HostileInputCheck.FindHonestViolations(TallyOf((200, 120_000)), Minute));
        Assert.NotEmpty(HostileInputCheck.FindHonestViolations(TallyOf(), Minute));
        Assert.NotEmpty(HostileInputCheck.FindHonestViolations(TallyOf((200, 120_000), (503, 1)), Minute));
    }
}
