using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.InvariantChecker;
using TreasureHunt.Specs.Cli;
using Xunit;
using static TreasureHunt.Specs.Faults.BrokenRunExamples;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>The checker detects violations: for each rule there are runs that break it.</summary>
public class CheckerSpecs
{
    public static TheoryData<string> Names => [.. BrokenRuns.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_breaks_an_invariant_has_a_violation_with_its_name(string rule) => Assert.All(BrokenRuns[rule].Runs, run =>
        Assert.Contains((BrokenRuns[rule].Invariant, rule), run.Check().Select(violation => (violation.Invariant, violation.Name))));

    [Fact]
    public void Every_invariant_of_the_checker_has_a_number() =>
        Assert.All(Invariants.All, invariant => Assert.InRange(LogRule.NumberOf(invariant.Name), 1, 5));

    [Fact]
    public void A_violation_names_the_claim_and_the_resource()
    {
        var violation = Assert.Single(OfASale().Wins("alice", "hen", 3, 4).Wins("bob", "hen", 1, 2).Check());

        Assert.Equal((FabricatedFeed.ClaimId("alice", "hen"), "hen"), (violation.ClaimId, violation.Resource));
    }

    [Fact]
    public void A_claim_may_be_not_found_before_it_was_accepted_and_after_Redis_lost_its_marker()
    {
        Assert.DoesNotContain(
            KnownClaimRule.Name, Unknown(OfASale().Claims("alice", "goose", 1, 2, 503)).Check().Select(violation => violation.Name));
        Assert.DoesNotContain(
            KnownClaimRule.Name,
            Checker.Check(Unknown(OfASale().IsAccepted("alice", "goose", 1, 2)).Evidence with { MarksLost = true }).Select(
                violation => violation.Name));
    }

    [Fact]
    public void A_read_has_a_shorter_deadline_than_a_claim()
    {
        var run = OfASale().Wins("alice", "goose", 1, 4).Call("bob", CallKind.Treasure, "goose", 5, 8, 503);

        Assert.Empty(run.Check());
        Assert.Equal(
            [(12, DeadlineRule.Name)],
            Checker.Check(run.Evidence with { ReadDeadline = TimeSpan.FromSeconds(2) }).Select(
                violation => (violation.Invariant, violation.Name)));
    }
}
