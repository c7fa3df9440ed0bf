namespace TreasureHunt.Cli.Audit.Rules;

/// <summary>Watches a log go by and adds to the findings what breaks its invariants.</summary>
public interface ILogRule
{
    void Observe(FeedEvent entry);

    void Conclude()
    {
    }
}
