using System.Diagnostics;
using System.Runtime.CompilerServices;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.Api.Problems;

/// <summary>
/// Logs failures whose response is only "outcome unknown". A server that is down is not logged: metrics and <c>Hunt-Status</c> show it.
/// Any other failure is logged once with its trace id, however many callers waited for the same batch.
/// </summary>
public sealed class UnexpectedFailures(ILogger<UnexpectedFailures> logger)
{
    private readonly ConditionalWeakTable<Exception, object> _logged = [];

    /// <summary>Logs the failure unless it is transient or was logged already.</summary>
    /// <param name="operation">The operation that failed, such as <c>claim</c>.</param>
    public void Log(Exception exception, string operation)
    {
        if (FailureClassifier.Classify(exception) != FailureKind.Transient && _logged.TryAdd(exception, this))
        {
            logger.OperationFailed(exception, operation, Activity.Current?.TraceId.ToString());
        }
    }
}
