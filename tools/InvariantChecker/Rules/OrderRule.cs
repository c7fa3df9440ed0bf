namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>Sequences rise, the versions of each stream count from 1 without a gap, and the type of every event is known.</summary>
public sealed class OrderRule(AuditFindings findings) : IEventRule
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
            findings.Add(Invariants.Versions, $"{entry.StreamKey}: version {entry.Version} instead of {expected}");
        }

        _versions[entry.StreamKey] = entry.Version;
    }
}
