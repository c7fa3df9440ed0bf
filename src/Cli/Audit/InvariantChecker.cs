using TreasureHunt.Cli.Audit.Rules;

namespace TreasureHunt.Cli.Audit;

/// <summary>
/// Reads a hunt's log from its first line and says which invariants it breaks. It is written from the rules of the game
/// and shares no code with the engine, so that a fault of the engine cannot hide itself.
/// </summary>
public sealed class InvariantChecker
{
    private readonly ILogRule[] _rules;

    /// <param name="promises">What was sent to this hunt, and what came back.</param>
    public InvariantChecker(IEnumerable<Promise> promises)
    {
        _rules =
        [
            new OrderRule(Findings),
            new UnitsRule(Findings),
            new LimitsRule(Findings),
            new WindowRule(Findings),
            new OutcomesRule(Findings),
            new PromisesRule(Findings, promises),
        ];
    }

    public AuditFindings Findings { get; } = new();

    public void Observe(FeedEvent entry)
    {
        foreach (var rule in _rules)
        {
            rule.Observe(entry);
        }
    }

    /// <summary>To be called once, after the last line.</summary>
    public AuditFindings Conclude()
    {
        foreach (var rule in _rules)
        {
            rule.Conclude();
        }

        return Findings;
    }
}
