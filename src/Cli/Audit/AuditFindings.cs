namespace TreasureHunt.Cli.Audit;

/// <summary>What the log check found wrong, by the name of the broken invariant.</summary>
public sealed class AuditFindings
{
    /// <summary>Enough to see what kind of wrong it is.</summary>
    private const int ExamplesKept = 5;

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
            Examples = before.Examples.Count < ExamplesKept ? [.. before.Examples, example] : before.Examples,
        };
    }
}

/// <summary>How often an invariant was broken.</summary>
public sealed record Finding(string Invariant, int Count, IReadOnlyList<string> Examples);
