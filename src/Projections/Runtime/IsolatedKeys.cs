using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The keys whose latest state this process could not write. A read model marks such a key as not writable and continues with the
/// others; the next event of the key tries again. The audit finds the keys that other processes marked.
/// </summary>
public sealed class IsolatedKeys
{
    private readonly ConcurrentDictionary<(string ReadModel, string Key), string> _reasons = new();
    private readonly ILogger<IsolatedKeys> _logger;

    public IsolatedKeys(ILogger<IsolatedKeys> logger)
    {
        _logger = logger;
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_projection_isolated_keys",
            () => ReadModelNames.All.Select(
                name => new Measurement<int>(Count(name), new KeyValuePair<string, object?>("readmodel", name))),
            description: "Keys of a read model whose latest state this process could not write");
    }

    /// <summary>Whether the data causes a failure. The same data fails again, so its key is isolated; other failures are retried.</summary>
    public static bool IsDataFailure(Exception exception) => FailureClassifier.Classify(exception) == FailureKind.Data;

    /// <summary>The number of keys of a read model that are isolated now.</summary>
    public int Count(string readModel) => _reasons.Keys.Count(key => key.ReadModel == readModel);

    /// <summary>Isolates a key. A key that is isolated already is not logged again.</summary>
    public void Add(string readModel, string key, string reason)
    {
        if (_reasons.TryAdd((readModel, key), reason))
        {
            _logger.KeyIsolated(readModel, key, reason);
        }
    }

    /// <summary>Ends the isolation of a key that was written.</summary>
    public void Remove(string readModel, string key)
    {
        if (!_reasons.IsEmpty)
        {
            _reasons.TryRemove((readModel, key), out _);
        }
    }
}
