namespace TreasureHunt.Faults.Checking;

/// <summary>
/// Checks the evidence of a run against the promises of docs/guarantees.md. It shares no code with the deciders. The trial itself checks
/// that read models caught up (9) and calls recovered (13).
/// </summary>
public static class Checker
{
    public static IReadOnlyList<Violation> Check(Evidence evidence) =>
    [
        .. LogRule.Check(evidence),
        .. PositionRule.Check(evidence),
        .. RetryRule.Check(evidence),
        .. CounterRule.Check(evidence),
        .. MonotonicReadRule.Check(evidence),
        .. KnownClaimRule.Check(evidence),
        .. ReadEqualsEventsRule.Check(evidence),
        .. AnalyticsRule.Check(evidence),
        .. ErrorQueueRule.Check(evidence),
        .. DeadlineRule.Check(evidence),
        .. SecrecyRule.Check(evidence),
    ];
}
