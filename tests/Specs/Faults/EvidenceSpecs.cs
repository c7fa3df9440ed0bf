using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using Xunit;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>What is not in the calls and the log: analytics, the error queue and the output of the hosts.</summary>
public class EvidenceSpecs
{
    private static readonly Evidence Sound =
        OfASale().Wins("alice", "goose", 1, 2).Loses("bob", "goose", 3, 4, Reasons.ProofMissing).Evidence with
        {
            Malformed = ["{", "[]", "{"],
            ErrorQueue = ["{", "{", "[]"],
            Secrets = ["open-sesame", "eyJhbGciOi", ""],
            Output = ["info: decided 12 claims", "warn: the broker is away"],
        };

    private static IReadOnlyList<AnalyticsFact> Facts => Sound.Analytics;

    [Fact]
    public void Sound_evidence_has_no_violations() => Assert.Empty(Checker.Check(Sound));

    [Fact]
    public void Facts_may_come_again() => Assert.Empty(Told([.. Facts, .. Facts.Skip(2), .. Facts]));

    [Fact]
    public void A_fact_that_analytics_was_not_told_is_missed() => Assert.Equal([(10, AnalyticsRule.Missing)], Told([.. Facts.SkipLast(1)]));

    [Fact]
    public void A_fact_that_is_not_in_the_log_is_noticed() =>
        Assert.Equal([(10, AnalyticsRule.Invented)], Told([.. Facts, new AnalyticsFact(Ids.Fresh(), "treasure-goose", 99)]));

    [Fact]
    public void A_fact_at_another_place_is_noticed() =>
        Assert.Contains((10, AnalyticsRule.Invented), Told([.. Facts.SkipLast(1), Facts[^1] with { Sequence = 99 }]));

    [Fact]
    public void Facts_of_a_treasure_keep_their_order_also_across_its_two_streams() =>
        Assert.Equal([(10, AnalyticsRule.Disorder)], Told([.. Facts.SkipLast(2), Facts[^1], Facts[^2]]));

    [Fact]
    public void Facts_of_different_treasures_have_no_order() =>
        Assert.Empty(Told([.. Facts.Take(1), Facts[2], Facts[1], .. Facts.Skip(3)]));

    [Fact]
    public void A_malformed_message_that_is_not_kept_is_missed() =>
        Assert.Equal([(11, ErrorQueueRule.Missing)], Names(Sound with { ErrorQueue = ["{", "[]"] }));

    [Fact]
    public void A_good_message_in_the_error_queue_is_noticed() =>
        Assert.Equal([(11, ErrorQueueRule.Stray)], Names(Sound with { ErrorQueue = [.. Sound.ErrorQueue, "{}"] }));

    [Fact]
    public void A_doubtful_message_is_a_dead_letter_at_the_most_as_often_as_it_was_sent()
    {
        Assert.Empty(Names(Sound with { Doubtful = ["7"] }));
        Assert.Empty(Names(Sound with { Doubtful = ["7"], ErrorQueue = [.. Sound.ErrorQueue, "7"] }));
        Assert.Equal([(11, ErrorQueueRule.Stray)], Names(Sound with { Doubtful = ["7"], ErrorQueue = [.. Sound.ErrorQueue, "7", "7"] }));
    }

    [Fact]
    public void A_secret_in_an_answer_is_noticed_and_not_repeated()
    {
        var run = OfASale().Claims("alice", "goose", 1, 2, 400, """{"title":"Not open-sesame."}""");

        var violation = Assert.Single(Checker.Check(run.Evidence with { Secrets = Sound.Secrets }));
        Assert.Equal((14, SecrecyRule.Secret), (violation.Invariant, violation.Name));
        Assert.DoesNotContain("open-sesame", violation.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_log_line_is_noticed() =>
        Assert.Equal([(14, SecrecyRule.Secret)], Names(Sound with { Output = ["fail: Bearer eyJhbGciOi.e30.x"] }));

    [Fact]
    public void A_player_whose_name_begins_like_another_s_is_not_that_other() =>
        Assert.Empty(OfASale().Wins("player-1", "hen", 1, 2).Wins("player-10", "hen", 1, 2).Check());

    private static IEnumerable<(int, string)> Told(IReadOnlyList<AnalyticsFact> facts) => Names(Sound with { Analytics = facts });

    private static IEnumerable<(int, string)> Names(Evidence evidence) =>
        Checker.Check(evidence).Select(violation => (violation.Invariant, violation.Name));
}
