namespace TreasureHunt.Cli.Audit.Rules;

/// <summary>Sequences rise, each stream's versions count from 1 without a hole, and every event has a name that we know.</summary>
public sealed class OrderRule(AuditFindings findings) : ILogRule
{
    private readonly Dictionary<string, long> _versions = [];
    private long _sequence;

    public void Observe(FeedEvent entry)
    {
        if (entry.Event is null)
        {
            findings.Add(Invariants.KnownEvents, $"{entry.Type} at {entry.Sequence}");
        }

        if (entry.Sequence <= _sequence)
        {
            findings.Add(Invariants.Sequences, $"{entry.Sequence} comes after {_sequence}");
        }

        _sequence = entry.Sequence;

        var expected = _versions.GetValueOrDefault(entry.StreamKey) + 1;
        if (entry.Version != expected)
        {
            findings.Add(Invariants.Versions, $"{entry.StreamKey}: version {entry.Version} where {expected} is due");
        }

        _versions[entry.StreamKey] = entry.Version;
    }
}
