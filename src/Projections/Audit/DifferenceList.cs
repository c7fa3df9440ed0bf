using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Audit;

/// <summary>Collects the differences between one read model and the events. Several batches may be compared at the same time.</summary>
internal sealed class DifferenceList(string readModel)
{
    private const int MaxExamples = 5;

    private readonly Lock _lock = new();
    private readonly List<string> _examples = [];
    private int _compared;
    private int _differences;
    private int _isolated;

    public ReadModelReport Report => new(readModel, _compared, _differences, _isolated, _examples);

    /// <summary>Compares a stored view with the expected one. A stored view that is newer is no difference.</summary>
    /// <param name="expected">The view as computed from the events; null when they make no view.</param>
    /// <param name="stored">The stored value; null when the key is missing.</param>
    public void CompareView<TView>(string key, long sequence, TView? expected, byte[]? stored)
        where TView : class
    {
        if (stored is not null && VersionedValue.TryParse(stored, out var mark) && mark.IsNotWritable)
        {
            AddIsolated(key, $"is marked as not writable at sequence {mark.Sequence}");
        }
        else if (expected is not null)
        {
            CompareValue(key, VersionedJson.Of(sequence, expected), stored);
        }
        else
        {
            Add(key, stored is null, "has a value, the event store has none");
        }
    }

    /// <summary>Counts a compared key.</summary>
    /// <param name="difference">Describes the difference, when there is one.</param>
    public void Add(string key, bool isEqual, string difference = "differs")
    {
        lock (_lock)
        {
            _compared++;
            if (!isEqual && _differences++ < MaxExamples)
            {
                _examples.Add($"{key} {difference}");
            }
        }
    }

    public void AddIsolated(string key, string reason)
    {
        lock (_lock)
        {
            _compared++;
            if (_isolated++ < MaxExamples)
            {
                _examples.Add($"{key} {reason}");
            }
        }
    }

    private void CompareValue(string key, VersionedValue expected, byte[]? stored)
    {
        if (stored is null)
        {
            Add(key, false, "is missing");
        }
        else if (!VersionedValue.TryParse(stored, out var value))
        {
            Add(key, false, "is malformed");
        }
        else if (value.Sequence <= expected.Sequence)
        {
            var isEqual = value.Sequence == expected.Sequence && value.Json.Span.SequenceEqual(expected.Json.Span);
            Add(key, isEqual, $"is at sequence {value.Sequence}, the event store at {expected.Sequence}");
        }
    }
}
