using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The keys of read models whose latest state cannot be written. The read model marks such a key and goes on with the others;
/// the next event of the key tries again. This process counts what it isolated itself; the audit finds every mark.
/// </summary>
public sealed partial class IsolatedKeys
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

    /// <summary>
    /// Whether a failure is one of the input: the same input fails again, so its key is isolated. Anything else is retried.
    /// </summary>
    public static bool IsDataFailure(Exception exception) => FailureClassifier.Classify(exception) == FailureKind.Data;

    /// <summary>Keys of a read model that are isolated now.</summary>
    public int Count(string readModel) => _reasons.Keys.Count(key => key.ReadModel == readModel);

    /// <summary>Marks a key. The log tells it once.</summary>
    public void Add(string readModel, string key, string reason)
    {
        if (_reasons.TryAdd((readModel, key), reason))
        {
            LogIsolated(readModel, key, reason);
        }
    }

    /// <summary>The key was written after all.</summary>
    public void Remove(string readModel, string key)
    {
        if (!_reasons.IsEmpty)
        {
            _reasons.TryRemove((readModel, key), out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The read model {ReadModel} cannot write {Key} and goes on without it: {Reason}")]
    private partial void LogIsolated(string readModel, string key, string reason);
}
