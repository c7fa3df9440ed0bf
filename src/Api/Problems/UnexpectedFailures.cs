using System.Diagnostics;
using System.Runtime.CompilerServices;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.Api.Problems;

/// <summary>
/// Logs failures that a caller is only told as "outcome unknown". A server that is away is no surprise and shows in the metrics and in
/// <c>Hunt-Status</c>; everything else is logged with its trace id, once, however many callers waited for the same batch.
/// </summary>
public sealed partial class UnexpectedFailures(ILogger<UnexpectedFailures> logger)
{
    private readonly ConditionalWeakTable<Exception, object> _logged = [];

    /// <summary>Logs the failure unless it is transient or was logged already.</summary>
    /// <param name="work">What failed, such as <c>claim</c>.</param>
    public void Log(Exception exception, string work)
    {
        if (FailureClassifier.Classify(exception) != FailureKind.Transient && _logged.TryAdd(exception, this))
        {
            LogFailure(exception, work, Activity.Current?.TraceId.ToString());
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A {Work} ended with an unexpected failure; its caller is told that the outcome is unknown. Trace {TraceId}")]
    private partial void LogFailure(Exception exception, string work, string? traceId);
}
