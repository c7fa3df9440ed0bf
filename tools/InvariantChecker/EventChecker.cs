using TreasureHunt.InvariantChecker.Rules;

namespace TreasureHunt.InvariantChecker;

/// <summary>
/// Reads a hunt's events from the first one and reports each broken invariant. It is written from the rules of the game and shares no
/// code with the engine, so that a fault of the engine cannot hide itself.
/// </summary>
public sealed class EventChecker
{
    private readonly IEventRule[] _rules;

    /// <summary>Checks the events alone.</summary>
    public EventChecker() => _rules = RulesOfEvents();

    /// <summary>Checks the events, and compares them with the requests and responses of clients.</summary>
    /// <param name="observations">Every claim that was sent to this hunt.</param>
    public EventChecker(IEnumerable<ClaimObservation> observations) =>
        _rules = [.. RulesOfEvents(), new ObservationsRule(Findings, observations)];

    public AuditFindings Findings { get; } = new();

    /// <summary>Takes the next event, in the order of the event store.</summary>
    public void Observe(FeedEvent entry)
    {
        foreach (var rule in _rules)
        {
            rule.Observe(entry);
        }
    }

    /// <summary>To be called once, after the last event.</summary>
    public AuditFindings Conclude()
    {
        foreach (var rule in _rules)
        {
            rule.Conclude();
        }

        return Findings;
    }

    private IEventRule[] RulesOfEvents() =>
    [
        new OrderRule(Findings),
        new UnitsRule(Findings),
        new LimitsRule(Findings),
        new WindowRule(Findings),
        new OutcomesRule(Findings),
    ];
}
