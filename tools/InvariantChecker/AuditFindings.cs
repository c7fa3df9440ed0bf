namespace TreasureHunt.InvariantChecker;

/// <summary>The broken invariants, by name.</summary>
public sealed class AuditFindings
{
    /// <summary>A few examples show the kind of the fault; more would fill the report.</summary>
    private const int MaxExamples = 5;

    private readonly SortedDictionary<string, Finding> _byInvariant = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Finding> All => _byInvariant.Values;

    public bool Clean => _byInvariant.Count == 0;

    public int Count(string invariant) => _byInvariant.TryGetValue(invariant, out var finding) ? finding.Count : 0;

    public void Add(string invariant, string example)
    {
        var before = _byInvariant.GetValueOrDefault(invariant) ?? new Finding(invariant, 0, []);
        _byInvariant[invariant] = before with
        {
            Count = before.Count + 1,
            Examples = before.Examples.Count < MaxExamples ? [.. before.Examples, example] : before.Examples,
        };
    }
}
