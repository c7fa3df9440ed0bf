using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedLog;

namespace TreasureHunt.Specs.Cli;

/// <summary>The log check must be able to fail: for each invariant there are logs that break it, and it names it.</summary>
public class LogCheckSpecs
{
    private static readonly Dictionary<string, FabricatedLog[]> Broken = new()
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
        [Invariants.Proof] = [OfASale().Award("alice", "fox", 1).ChangeLastPromise(promise => promise with { ProofRight = false })],
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
            OfASale().Promise(Told("alice", "goose", Outcomes.Won)),
            OfASale().Promise(Told("alice", "goose", outcome: null) with { Accepted = true }),
        ],
        [Invariants.Told] =
        [
            OfASale().Award("alice", "goose", 1).ChangeLastPromise(
                told => told with { Outcome = Outcomes.Rejected, Reason = Reasons.TreasureExhausted }),
            OfASale().Refuse("alice", "goose", 1, Reasons.AlreadyClaimed).ChangeLastPromise(
                told => told with { Reason = Reasons.PlayerLimitReached }),
            OfASale().Award("alice", "goose", 1).ChangeLastPromise(told => told with { Contradicted = true }),
            OfASale().Refuse("alice", "goose", -1, Reasons.HuntNotOpen),
            OfASale().Refuse("alice", "goose", 1, Reasons.AlreadyClaimed).ChangeLastPromise(
                told => told with { Reason = Reasons.TreasureNotFound }),
        ],
        [Invariants.RefusedMeansNothing] =
            [OfASale().AwardUnsent("alice", "goose", 1).Promise(Told("alice", "goose", outcome: null) with { Refused = true })],
        [Invariants.NoStrangers] =
        [
            OfASale().AwardUnsent("mallory", "goose", 1),
            OfASale().Award("alice", "goose", 1).ChangeLastPromise(promise => promise with { PlayerId = "bob" }),
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

    public static TheoryData<string> Names => [.. Invariants.All.Select(invariant => invariant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_log_that_breaks_an_invariant_is_caught_by_its_name(string invariant) =>
        Assert.All(Broken[invariant], log => Assert.Contains(invariant, log.Check().All.Select(finding => finding.Invariant)));

    [Fact]
    public void A_sound_log_has_no_findings()
    {
        var log = OfASale()
            .Award("alice", "goose", 1)
            .Refuse("alice", "goose", 2, Reasons.AlreadyClaimed, "another-key")
            .Award("alice", "hen", 3)
            .Refuse("alice", "hen", 4, Reasons.PlayerLimitReached, "another-key")
            .Refuse("bob", "fox", 5, Reasons.ProofWrong)
            .ChangeLastPromise(promise => promise with { ProofRight = false })
            .Award("bob", "goose", 6)
            .Refuse("carol", "goose", 7, Reasons.TreasureExhausted)
            .Write(8, "hunt-sale", new HuntPaused(Hunt, At(8)))
            .Refuse("carol", "hen", 9, Reasons.HuntPaused)
            .Write(10, "hunt-sale", new HuntResumed(Hunt, At(10)))
            .Award("carol", "hen", 11, "another-key");

        Assert.Empty(log.Check().All);
    }

    [Fact]
    public void A_revoked_unit_can_be_won_again_and_leaves_room_within_the_limits()
    {
        var log = OfASale()
            .Award("alice", "fox", 1)
            .Revoke("alice", "fox", 2)
            .Award("bob", "fox", 3)
            .Revoke("bob", "fox", 4)
            .Award("alice", "fox", 5, "another-key");

        Assert.Empty(log.Check().All);
    }

    [Fact]
    public void Restocked_units_can_be_won()
    {
        var log = OfASale().Award("alice", "fox", 1).Write(2, "treasure-fox", new TreasureRestocked("fox", At(2), 1)).Award(
            "bob", "fox", 3);

        Assert.Empty(log.Check().All);
    }

    [Fact]
    public void A_claim_accepted_before_a_pause_was_in_the_log_may_win_after_it() =>
        Assert.Empty(OfASale()
            .Write(5, "hunt-sale", new HuntPaused(Hunt, At(5)))
            .Award("alice", "goose", 4)
            .Check().All);

    [Fact]
    public void A_refusal_after_a_lost_answer_proves_nothing() =>
        Assert.Empty(OfASale()
            .AwardUnsent("alice", "goose", 1)
            .Promise(Told("alice", "goose", outcome: null) with { Refused = true, Unsure = true })
            .Check().All);

    [Fact]
    public void A_claim_before_the_opening_is_told_that_there_is_no_such_treasure() => Assert.Empty(OfASale()
        .Refuse("alice", "goose", -1, Reasons.HuntNotOpen).ChangeLastPromise(told => told with { Reason = Reasons.TreasureNotFound })
        .Check().All);

    [Fact]
    public void A_claim_without_an_answer_need_not_be_in_the_log() =>
        Assert.Empty(OfASale().Promise(Told("alice", "goose", outcome: null) with { Unsure = true }).Check().All);

    [Theory]
    [InlineData(20, true)]
    [InlineData(19, false)]
    public void A_refusal_need_not_be_in_the_log_after_twenty_at_treasures_that_do_not_exist(int recorded, bool isSound)
    {
        var log = OfASale();
        for (var n = 0; n < recorded; n++)
        {
            log.Refuse("alice", $"invented-{n}", n, Reasons.TreasureNotFound);
        }

        log.Promise(Told("alice", "invented", Outcomes.Rejected) with { Accepted = true, Reason = Reasons.TooManyRefusals });

        Assert.Equal(isSound ? [] : [Invariants.NothingLost], log.Check().All.Select(finding => finding.Invariant));
    }

    [Fact]
    public void Findings_keep_count_but_only_a_few_examples()
    {
        var log = OfASale();
        for (var n = 0; n < 40; n++)
        {
            log.Promise(Told($"player-{n}", "goose", Outcomes.Won));
        }

        var finding = Assert.Single(log.Check().All);
        Assert.Equal(40, finding.Count);
        Assert.Equal(5, finding.Examples.Count);
    }
}
