using System.Diagnostics.Metrics;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Committing;

/// <summary>Repeats a unit of work until it is committed or cannot be committed.</summary>
/// <remarks>
/// A transient failure is retried without limit, because an accepted claim must get an outcome. A conflict is retried at once on fresh
/// state. Every other failure is thrown to the caller, which isolates the input: a data failure at once, an unknown failure after some
/// retries, and a conflict after <see cref="MaxUnexplainedConflicts"/> attempts that observed the same state.
/// </remarks>
public sealed class CommitRetryPolicy(TimeProvider timeProvider, ILogger<CommitRetryPolicy> logger)
{
    /// <summary>
    /// Maximum number of consecutive conflicts without a change of the observed state. One or two can happen between a read and its commit;
    /// a hundred show an error in the input or in the code.
    /// </summary>
    public const int MaxUnexplainedConflicts = 100;

    /// <summary>Retries of an unknown failure when the input cannot be split any further.</summary>
    public const int UnknownRetries = 3;

    /// <summary>Maximum pause between two attempts while a server is unavailable.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private static readonly Counter<long> Conflicts = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_conflicts", description: "Units of work that started over because another writer was first");

    private static readonly Counter<long> Failures = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_store_failures", description: "Attempts that failed, by kind of failure; transient ones are retried without end");

    /// <summary>Runs the work until it succeeds.</summary>
    /// <param name="work">Reads, decides and commits. It runs again from the start after a retried failure.</param>
    /// <param name="unknownRetries">Retries of an unknown failure; 0 while the caller can split the input instead.</param>
    /// <exception cref="OperationCanceledException">The host stops. The work may or may not be committed.</exception>
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
                // After any other exception the caller would isolate the input.
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
                        logger.CommitDelayed(exception, number);
                        pause = Backoff(number);
                        break;
                    case FailureKind.Unknown when ++unknown <= unknownRetries:
                        Failures.Add(1, new KeyValuePair<string, object?>("kind", "unknown"));
                        logger.CommitFailed(exception, number);
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
}
