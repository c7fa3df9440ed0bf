namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>Receives the events one after the other and adds broken invariants to the findings.</summary>
public interface IEventRule
{
    void Observe(FeedEvent entry);

    /// <summary>Runs the checks that need all events. Called once, after the last one.</summary>
    void Conclude()
    {
    }
}
