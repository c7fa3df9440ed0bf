using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using Xunit;
using static TreasureHunt.Specs.Faults.CorrectEvidence;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>The rule for the events that analytics gets.</summary>
public class EvidenceSpecs
{
    [Fact]
    public void Correct_evidence_has_no_violations() => Assert.Empty(Checker.Check(Sound));

    [Fact]
    public void Analytics_events_may_be_repeated() =>
        Assert.Empty(Violations([.. AnalyticsEvents, .. AnalyticsEvents.Skip(2), .. AnalyticsEvents]));

    [Fact]
    public void A_missing_analytics_event_is_a_violation() =>
        Assert.Equal([(10, AnalyticsRule.Missing)], Violations([.. AnalyticsEvents.SkipLast(1)]));

    [Fact]
    public void An_analytics_event_that_is_not_recorded_is_a_violation() =>
        Assert.Equal(
            [(10, AnalyticsRule.Invented)], Violations([.. AnalyticsEvents, new PublishedEvent(Ids.Fresh(), "treasure-goose", 99)]));

    [Fact]
    public void An_analytics_event_with_another_sequence_is_a_violation() =>
        Assert.Contains(
            (10, AnalyticsRule.Invented), Violations([.. AnalyticsEvents.SkipLast(1), AnalyticsEvents[^1] with { Sequence = 99 }]));

    [Fact]
    public void Analytics_events_of_a_treasure_keep_their_order_across_its_two_streams() =>
        Assert.Equal(
            [(10, AnalyticsRule.Disorder)], Violations([.. AnalyticsEvents.SkipLast(2), AnalyticsEvents[^1], AnalyticsEvents[^2]]));

    [Fact]
    public void Analytics_events_of_different_treasures_have_no_order() =>
        Assert.Empty(Violations([.. AnalyticsEvents.Take(1), AnalyticsEvents[2], AnalyticsEvents[1], .. AnalyticsEvents.Skip(3)]));

    private static IEnumerable<(int, string)> Violations(IReadOnlyList<PublishedEvent> events) => Names(Sound with { Analytics = events });
}
