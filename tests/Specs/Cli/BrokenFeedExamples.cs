using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

/// <summary>Event feeds that break an invariant, by the name of the invariant.</summary>
internal static class BrokenFeedExamples
{
    public static readonly Dictionary<string, FabricatedFeed[]> BrokenFeeds = new()
    {
        [Invariants.OneWinner] =
        [
            OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2),
            OfASale().Award("alice", "goose", 1).AwardUnsent("alice", "goose", 2),
        ],
        [Invariants.Stock] =
        [
            OfASale().Award("alice", "goose", 1).Award("bob", "goose", 2).Award("carol", "goose", 3),
            OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2).Revoke("alice", "fox", 3),
            OfASale().Award("alice", "unicorn", 1),
        ],
        [Invariants.PerPlayer] = [OfASale().Award("alice", "goose", 1).Award("alice", "goose", 2, "another-key")],
        [Invariants.PlayerLimit] = [OfASale().Award("alice", "goose", 1).Award("alice", "fox", 2).Award("alice", "hen", 3)],
        [Invariants.Window] =
        [
            OfASale().Award("alice", "goose", -0.5),
            OfASale().Award("alice", "goose", 3601),
            OfASale().Write(5, "hunt-sale", new HuntPaused(Hunt, At(5))).Award("alice", "goose", 6),
            OfASale().Write(5, "hunt-sale", new HuntClosed(Hunt, At(5))).Award("alice", "goose", 6),
            OfASale().Write(5, "hunt-sale", new HuntCancelled(Hunt, At(5))).Award("alice", "goose", 6),
        ],
        [Invariants.Proof] = [OfASale().Award("alice", "fox", 1).ChangeLastObservation(promise => promise with { ProofRight = false })],
        [Invariants.Withdrawn] = [OfASale().Write(1, "treasure-goose", new TreasureWithdrawn("goose", At(1))).Award("alice", "goose", 2)],
        [Invariants.Revocation] =
        [
            OfASale().Revoke("alice", "goose", 1),
            OfASale().Award("alice", "goose", 1).Revoke("alice", "goose", 2).Revoke("alice", "goose", 3),
        ],
        [Invariants.OneOutcome] =
        [
            OfASale().Award("alice", "goose", 1).AwardUnsent("alice", "goose", 2),
            OfASale().Refuse("alice", "goose", 1, Reasons.AlreadyClaimed).AwardUnsent("alice", "goose", 2),
        ],
        [Invariants.EventIsClaim] = [OfASale().Award("alice", "goose", 1).ChangeLast(entry => entry with { Id = Ids.Fresh() })],
        [Invariants.NothingLost] =
        [
            OfASale().Observe(ObservationOf("alice", "goose", Outcomes.Won)),
            OfASale().Observe(ObservationOf("alice", "goose", outcome: null) with { Accepted = true }),
        ],
        [Invariants.ReportedOutcome] =
        [
            OfASale().Award("alice", "goose", 1).ChangeLastObservation(
                promise => promise with { Outcome = Outcomes.Rejected, Reason = Reasons.TreasureExhausted }),
            OfASale().Refuse("alice", "goose", 1, Reasons.AlreadyClaimed).ChangeLastObservation(
                promise => promise with { Reason = Reasons.PlayerLimitReached }),
            OfASale().Award("alice", "goose", 1).ChangeLastObservation(promise => promise with { Contradicted = true }),
            OfASale().Refuse("alice", "goose", -1, Reasons.HuntNotOpen),
            OfASale().Refuse("alice", "goose", 1, Reasons.AlreadyClaimed).ChangeLastObservation(
                promise => promise with { Reason = Reasons.TreasureNotFound }),
        ],
        [Invariants.RefusalRecordsNothing] =
            [OfASale().AwardUnsent("alice", "goose", 1).Observe(ObservationOf("alice", "goose", outcome: null) with { Refused = true })],
        [Invariants.OnlySentClaims] =
        [
            OfASale().AwardUnsent("mallory", "goose", 1),
            OfASale().Award("alice", "goose", 1).ChangeLastObservation(promise => promise with { PlayerId = "bob" }),
        ],
        [Invariants.Versions] =
        [
            OfASale().Award("alice", "goose", 1).ChangeLast(entry => entry with { Version = entry.Version + 1 }),
            OfASale().Award("alice", "goose", 1).ChangeLast(entry => entry with { Version = entry.Version - 1 }),
        ],
        [Invariants.Sequences] = [OfASale().Award("alice", "goose", 1).ChangeLast(entry => entry with { Sequence = entry.Sequence - 1 })],
        [Invariants.KnownEvents] = [
            OfASale().Award("alice", "goose", 1).ChangeLast(entry => entry with { Type = "treasure-awarded.v9", Event = null })],
    };
}
