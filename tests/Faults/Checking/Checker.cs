namespace TreasureHunt.Faults.Checking;

/// <summary>
/// Holds what a run left behind against what must be true whatever fails. It is written from the rules of the game and knows
/// nothing of the engine's code. Whether caches caught up (9) and latency recovered (13) is measured where the fault is run.
/// </summary>
public static class Checker
{
    public static IReadOnlyList<Violation> Check(Evidence evidence) =>
    [
        .. LogRule.Check(evidence),
        .. PositionRule.Check(evidence),
        .. RetryRule.Check(evidence),
        .. CounterRule.Check(evidence),
        .. ForwardRule.Check(evidence),
        .. KnownClaimRule.Check(evidence),
        .. FoldRule.Check(evidence),
        .. AnalyticsRule.Check(evidence),
        .. ErrorQueueRule.Check(evidence),
        .. DeadlineRule.Check(evidence),
        .. SecrecyRule.Check(evidence),
    ];
}
