using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.Specs.Cli;
using Xunit;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>The checker must be able to fail: for each rule there are runs that break it, and it names it.</summary>
public class CheckerSpecs
{
    private static readonly Dictionary<string, (int Invariant, FabricatedRun[] Runs)> Broken = new()
    {
        [Invariants.NothingLost] = (1, [
            OfASale().IsAccepted("alice", "goose", 1, 2), OfASale().IsTold("alice", "goose", 1, 2, Outcomes.Won)]),
        [Invariants.RefusedMeansNothing] = (2,
        [
            Recorded("alice", "goose").IsTurnedAway("alice", "goose", 1, 2, Reasons.HuntPaused),
            Recorded("alice", "goose").Claims("alice", "goose", 1, 2, 429, ProblemBody(ProblemNames.IntakeFull)),
        ]),
        [Invariants.NoStrangers] = (2, [Recorded("mallory", "goose")]),
        [Invariants.Told] = (3,
        [
            OfASale().Wins("alice", "goose", 1, 2).Asks("alice", "goose", 3, Outcomes.Rejected, Reasons.TreasureExhausted),
            Recorded("alice", "goose").IsTold("alice", "goose", 1, 2, Outcomes.Rejected, Reasons.AlreadyClaimed),
        ]),
        [Invariants.OneOutcome] = (3, [Recorded("alice", "hen").Wins("alice", "hen", 1, 2)]),
        [RetryRule.Name] = (3,
        [
            OfASale().Wins("alice", "goose", 1, 2).IsTurnedAway("alice", "goose", 3, 4, Reasons.HuntClosed),
            OfASale().Claims("alice", "fox", 1, 2).Wins("alice", "fox", 5, 6).IsTurnedAway("alice", "fox", 3, 4),
        ]),
        [Invariants.Stock] = (4, [OfASale().Wins("alice", "fox", 1, 2).Wins("bob", "fox", 1, 2)]),
        [Invariants.Versions] = (5, [Changed(entry => entry with { Version = entry.Version + 1 })]),
        [Invariants.Sequences] = (5, [Changed(entry => entry with { Sequence = entry.Sequence - 1 })]),
        [PositionRule.Name] = (5, [Changed(entry => entry with { Event = (TreasureAwarded)entry.Event! with { Position = 2 } })]),
        [CounterRule.Name] = (6,
        [
            OfASale().Wins("alice", "fox", 1, 2).Wins("bob", "fox", 1, 2),
            OfASale().Wins("alice", "hen", 3, 4).Wins("bob", "hen", 1, 2),
            OfASale().Wins("alice", "hen", 3, 4).Loses("bob", "hen", 1, 2, Reasons.ProofMissing),
            OfASale().Loses("bob", "fox", 1, 2).Wins("alice", "fox", 1, 2),
            OfASale().Wins("alice", "goose", 1, 2).Wins("bob", "goose", 4, 5).IsTurnedAway("carol", "goose", 2, 3),
            OfASale().Wins("alice", "goose", 1, 2).IsTurnedAway("carol", "goose", 2, 3),
            OfASale().IsTurnedAway("carol", "unicorn", 2, 3),
            OfASale().Wins("alice", "fox", 1, 2).Restock("fox", 1).Loses("bob", "fox", 3, 4),
        ]),
        [ForwardRule.Name] = (7,
        [
            Read(8, 7),
            OfASale().Reads("alice", "goose", 1, 0, 2, sequence: 2).Call(
                "alice", CallKind.Treasure, "goose", 2, 3, 404, body: ProblemBody(ProblemNames.TreasureNotFound)),
            OfASale().Wins("alice", "goose", 1, 2).Asks("alice", "goose", 3, Outcomes.Won, sequence: 6).Asks(
                "alice", "goose", 4, Outcomes.Pending),
        ]),
        [KnownClaimRule.Name] = (7, [Unknown(OfASale().IsAccepted("alice", "goose", 1, 2))]),
        [FoldRule.Name] = (8,
        [
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 0, 2),
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 1, 3),
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 1, 2, sequence: 2),
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 1, 2, "exhausted"),
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 1, 2, "withdrawn"),
            OfASale().Wins("alice", "fox", 1, 2).Reads("bob", "fox", 3, 1, 1),
            OfASale().Wins("alice", "goose", 1, 2).Reads("bob", "goose", 3, 1, 2, sequence: 99),
            OfASale().Reads("bob", "goose", 3, 0, 2, sequence: 1),
            OfASale().Reads("bob", "unicorn", 3, 0, 2),
            OfASale().Call("bob", CallKind.Treasure, "goose", 1, 2, 200, null, TreasureBody("goose", 0, 2, "available")),
        ]),
        [DeadlineRule.Name] = (12, [OfASale().Claims("alice", "goose", 1, 6.1), OfASale().Wins("alice", "goose", 1, 7)]),
        [SecrecyRule.Stranger] = (14, [
            OfASale().Wins("bob", "hen", 1, 2).Claims("alice", "hen", 1, 2, 409, ClaimBody("bob", "hen", Outcomes.Won, null))]),
    };

    public static TheoryData<string> Names => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_breaks_an_invariant_is_caught_by_its_name(string rule) => Assert.All(Broken[rule].Runs, run =>
        Assert.Contains((Broken[rule].Invariant, rule), run.Check().Select(violation => (violation.Invariant, violation.Name))));

    [Fact]
    public void A_sound_run_has_no_violations() => Assert.Empty(OfASale()
        .Reads("dave", "goose", 0.5, 0, 2, "hidden", sequence: 2)
        .Claims("alice", "goose", 1, 2, 503)
        .Wins("alice", "goose", 3, 4)
        .Reads("dave", "goose", 4, 1, 2)
        .Asks("alice", "goose", 5, Outcomes.Won, sequence: 6)
        .Claims("bob", "goose", 1, 6)
        .Wins("bob", "goose", 6, 7)
        .Reads("dave", "goose", 7, 2, 2, "exhausted")
        .Call("dave", CallKind.Treasure, "goose", 8, 9, 304, 7)
        .Call("dave", CallKind.Treasure, "goose", 9, 10, 503, body: ProblemBody(ProblemNames.ReadModelUnavailable))
        .Loses("carol", "goose", 5, 8)
        .IsTurnedAway("dave", "goose", 5, 6.5)
        .Claims("erin", "goose", 8, 9, 429, ProblemBody(ProblemNames.IntakeFull))
        .Claims("frank", "goose", 8, 9)
        .Check());

    [Fact]
    public void Where_units_come_back_the_door_may_show_what_it_knew() => Assert.Empty(OfASale()
        .Wins("alice", "fox", 1, 2)
        .Restock("fox", 1)
        .Wins("bob", "fox", 3, 4)
        .IsTurnedAway("carol", "fox", 2.5, 2.6)
        .Check());

    [Fact]
    public void A_winner_may_be_turned_away_before_its_unit_came_back() => Assert.DoesNotContain(RetryRule.Name, OfASale()
        .Wins("alice", "fox", 1, 2)
        .IsTurnedAway("bob", "fox", 2.1, 2.2)
        .Restock("fox", 1)
        .Wins("bob", "fox", 3, 4)
        .Check().Select(violation => violation.Name));

    [Fact]
    public void A_loser_may_be_turned_away_for_the_reason_for_which_it_has_lost() => Assert.Empty(OfASale()
        .Wins("alice", "fox", 1, 2)
        .Loses("bob", "fox", 2.1, 2.2)
        .IsTurnedAway("bob", "fox", 3, 4)
        .Check());

    [Fact]
    public void Another_client_may_see_an_older_place() => Assert.Empty(OfASale()
        .Wins("alice", "goose", 1, 2)
        .Reads("bob", "goose", 3, 1, 2)
        .Reads("carol", "goose", 4, 0, 2, sequence: 2)
        .Check());

    [Fact]
    public void The_log_check_s_invariants_all_have_a_number() =>
        Assert.All(Invariants.All, invariant => Assert.InRange(LogRule.NumberOf(invariant.Name), 1, 5));

    [Fact]
    public void A_violation_names_the_claim_and_the_resource()
    {
        var violation = Assert.Single(OfASale().Wins("alice", "hen", 3, 4).Wins("bob", "hen", 1, 2).Check());

        Assert.Equal((FabricatedLog.ClaimId("alice", "hen"), "hen"), (violation.ClaimId, violation.Resource));
    }

    private static FabricatedRun Recorded(string player, string treasure) => OfASale().Write(
        StreamNames.Treasure(treasure),
        new TreasureAwarded(
            treasure, FabricatedLog.Hunt, FabricatedLog.ClaimId(player, treasure), player, 1, FabricatedLog.At(1), FabricatedLog.At(1)));

    private static FabricatedRun Changed(Func<FeedEvent, FeedEvent> change)
    {
        var run = OfASale().Wins("alice", "goose", 1, 2);
        run.Log.ChangeLast(change);
        return run;
    }

    private static FabricatedRun Unknown(FabricatedRun run) =>
        run.Call(
            "alice", CallKind.Outcome, "a claim", 3, 4, 404, body: ProblemBody(ProblemNames.ClaimNotFound),
            claimId: FabricatedLog.ClaimId("alice", "goose"));

    [Fact]
    public void A_claim_may_be_unknown_before_it_was_accepted_and_where_Redis_forgot_its_mark()
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

    private static FabricatedRun Read(params long[] sequences) => sequences.Index().Aggregate(
        OfASale(),
        (run, read) =>
            run.Call("alice", CallKind.Hunt, FabricatedLog.Hunt, read.Index, read.Index + 0.5, 200, read.Item, """{"status":"open"}"""));
}
