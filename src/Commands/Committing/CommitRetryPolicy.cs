using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Committing;

/// <summary>One unit of work under <see cref="CommitRetryPolicy"/>, over all of its attempts.</summary>
public sealed class CommitAttempt
{
    /// <summary>
    /// A number that changes whenever another writer changes what the work reads, such as the sum of the stream versions. The
    /// work sets it in each attempt: a conflict after which it is the same was caused by no other writer.
    /// </summary>
    public long ObservedState { get; set; }
}

/// <summary>Repeats a unit of work until it is committed, or until it is clear that it never will be.</summary>
/// <remarks>
/// A transient failure is retried in place without end, because an accepted claim must get an outcome. A conflict is retried at once on
/// fresh state. Everything else is thrown to the caller, who isolates the input: a data failure at once, an unknown failure after some
/// retries, and a conflict after <see cref="MaxUnexplainedConflicts"/> attempts that found the same state.
/// </remarks>
public sealed partial class CommitRetryPolicy(TimeProvider timeProvider, ILogger<CommitRetryPolicy> logger)
{
    /// <summary>
    /// Conflicts in a row without a change of the observed state. One or two happen between a read and its commit; a hundred never do.
    /// </summary>
    public const int MaxUnexplainedConflicts = 100;

    /// <summary>Retries of an unknown failure where the input cannot be split any further.</summary>
    public const int UnknownRetries = 3;

    /// <summary>Longest pause between two attempts while a server is away.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private static readonly Counter<long> Conflicts = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_conflicts", description: "Units of work that started over because another writer was first");

    private static readonly Counter<long> Failures = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_store_failures", description: "Attempts that failed, by kind of failure; transient ones are retried without end");

    /// <summary>Runs the work until it succeeds.</summary>
    /// <param name="work">Reads, decides and commits. It runs again from the start after a failure that a retry can mend.</param>
    /// <param name="unknownRetries">Retries of a failure that is not recognised: none while the caller can split the input instead.</param>
    /// <exception cref="OperationCanceledException">The host stops. Nothing is known about the work.</exception>
    public async Task<T> ExecuteAsync<T>(
        Func<CommitAttempt, CancellationToken, Task<T>> work, CancellationToken cancellationToken, int unknownRetries = UnknownRetries)
    {
        var attempt = new CommitAttempt();
        var (number, unexplained, unknown) = (0, 0, 0);
        long? conflictState = null;
        while (true)
        {
            TimeSpan pause;
            try
            {
                return await work(attempt, cancellationToken);
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                // Any other exception would tell the caller that the input is at fault.
                throw new OperationCanceledException(cancellationToken);
            }
            catch (Exception exception)
            {
                number++;
                switch (FailureClassifier.Classify(exception))
                {
                    case FailureKind.Conflict:
                        Conflicts.Add(1);
                        unexplained = conflictState == attempt.ObservedState ? unexplained + 1 : 1;
                        conflictState = attempt.ObservedState;
                        if (unexplained >= MaxUnexplainedConflicts)
                        {
                            throw;
                        }

                        pause = TimeSpan.FromMilliseconds(Math.Min(unexplained, 20) * 2);
                        break;
                    case FailureKind.Transient:
                        Failures.Add(1, new KeyValuePair<string, object?>("kind", "transient"));
                        LogTransient(exception, number);
                        pause = Backoff(number);
                        break;
                    case FailureKind.Unknown when ++unknown <= unknownRetries:
                        Failures.Add(1, new KeyValuePair<string, object?>("kind", "unknown"));
                        LogUnknown(exception, number);
                        pause = Backoff(unknown);
                        break;
                    default:
                        Failures.Add(1, new KeyValuePair<string, object?>("kind", "data"));
                        throw;
                }
            }

            await Task.Delay(pause, timeProvider, cancellationToken);
        }
    }

    private static TimeSpan Backoff(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(MaxPause.TotalMilliseconds, 50 * Math.Pow(2, Math.Min(attempt - 1, 10))));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} was not committed; it is retried until the server is back")]
    private partial void LogTransient(Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} failed for an unknown reason; it is retried a few times")]
    private partial void LogUnknown(Exception exception, int attempt);
}
