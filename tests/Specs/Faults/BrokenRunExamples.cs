using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using TreasureHunt.InvariantChecker;
using TreasureHunt.Specs.Cli;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>Runs that break a rule, by the name of the rule.</summary>
internal static class BrokenRunExamples
{
    public static readonly Dictionary<string, (int Invariant, FabricatedRun[] Runs)> BrokenRuns = new()
    {
        [Invariants.NothingLost] = (1, [
            OfASale().IsAccepted("alice", "goose", 1, 2), OfASale().GetsOutcome("alice", "goose", 1, 2, Outcomes.Won)]),
        [Invariants.RefusalRecordsNothing] = (2,
        [
            Recorded("alice", "goose").IsRefusedByApi("alice", "goose", 1, 2, Reasons.HuntPaused),
            Recorded("alice", "goose").Claims("alice", "goose", 1, 2, 429, ProblemBody(ProblemNames.IntakeFull)),
        ]),
        [Invariants.OnlySentClaims] = (2, [Recorded("mallory", "goose")]),
        [Invariants.ReportedOutcome] = (3,
        [
            OfASale().Wins("alice", "goose", 1, 2).Polls("alice", "goose", 3, Outcomes.Rejected, Reasons.TreasureExhausted),
            Recorded("alice", "goose").GetsOutcome("alice", "goose", 1, 2, Outcomes.Rejected, Reasons.AlreadyClaimed),
        ]),
        [Invariants.OneOutcome] = (3, [Recorded("alice", "hen").Wins("alice", "hen", 1, 2)]),
        [RetryRule.Name] = (3,
        [
            OfASale().Wins("alice", "goose", 1, 2).IsRefusedByApi("alice", "goose", 3, 4, Reasons.HuntClosed),
            OfASale().Claims("alice", "fox", 1, 2).Wins("alice", "fox", 5, 6).IsRefusedByApi("alice", "fox", 3, 4),
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
            OfASale().Wins("alice", "goose", 1, 2).Wins("bob", "goose", 4, 5).IsRefusedByApi("carol", "goose", 2, 3),
            OfASale().Wins("alice", "goose", 1, 2).IsRefusedByApi("carol", "goose", 2, 3),
            OfASale().IsRefusedByApi("carol", "unicorn", 2, 3),
            OfASale().Wins("alice", "fox", 1, 2).Restock("fox", 1).Loses("bob", "fox", 3, 4),
        ]),
        [MonotonicReadRule.Name] = (7,
        [
            Read(8, 7),
            OfASale().Reads("alice", "goose", 1, 0, 2, sequence: 2).Call(
                "alice", CallKind.Treasure, "goose", 2, 3, 404, body: ProblemBody(ProblemNames.TreasureNotFound)),
            OfASale().Wins("alice", "goose", 1, 2).Polls("alice", "goose", 3, Outcomes.Won, sequence: 6).Polls(
                "alice", "goose", 4, Outcomes.Pending),
        ]),
        [KnownClaimRule.Name] = (7, [Unknown(OfASale().IsAccepted("alice", "goose", 1, 2))]),
        [ReadEqualsEventsRule.Name] = (8,
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

    public static FabricatedRun Recorded(string player, string treasure) => OfASale().Write(
        StreamNames.Treasure(treasure),
        new TreasureAwarded(
            treasure, FabricatedFeed.Hunt, FabricatedFeed.ClaimId(player, treasure), player, 1, FabricatedFeed.At(1),
            FabricatedFeed.At(1)));

    public static FabricatedRun Changed(Func<FeedEvent, FeedEvent> change)
    {
        var run = OfASale().Wins("alice", "goose", 1, 2);
        run.Feed.ChangeLast(change);
        return run;
    }

    public static FabricatedRun Unknown(FabricatedRun run) =>
        run.Call(
            "alice", CallKind.Outcome, "a claim", 3, 4, 404, body: ProblemBody(ProblemNames.ClaimNotFound),
            claimId: FabricatedFeed.ClaimId("alice", "goose"));

    public static FabricatedRun Read(params long[] sequences) => sequences.Index().Aggregate(
        OfASale(),
        (run, read) =>
            run.Call("alice", CallKind.Hunt, FabricatedFeed.Hunt, read.Index, read.Index + 0.5, 200, read.Item, """{"status":"open"}"""));
}
