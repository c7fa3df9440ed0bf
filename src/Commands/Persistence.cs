using System.Diagnostics.Metrics;
using JasperFx;
using Npgsql;
using Polly;
using Polly.Retry;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands;

/// <summary>
/// Runs a unit of work until it is recorded. After a conflict it starts over at once, on fresh state; while a server is
/// away it backs off in place, so that what was accepted stays accepted and in order.
/// </summary>
public sealed partial class Persistence
{
    /// <summary>Longest pause between two attempts while a server is away.</summary>
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    private static readonly Counter<long> Conflicts = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_conflicts", description: "Units of work that started over because somebody else was faster");

    private static readonly Counter<long> Outages = HuntTelemetry.Meter.CreateCounter<long>(
        "treasurehunt_store_failures", description: "Units of work that started over because a server was away");

    private readonly ILogger<Persistence> _logger;
    private readonly ResiliencePipeline _untilRecorded;

    public Persistence(ILogger<Persistence> logger)
    {
        _logger = logger;
        _untilRecorded = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(PauseBefore(attempt.AttemptNumber, attempt.Outcome.Exception!)),
                OnRetry = attempt =>
                {
                    Note(attempt.Outcome.Exception!, attempt.AttemptNumber);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Ends with the result, or with <paramref name="stopping"/>.</summary>
    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> work, CancellationToken stopping) =>
        await _untilRecorded.ExecuteAsync(async token => await work(token), stopping);

    /// <summary>Whether somebody else recorded first, so that deciding again on fresh state is all it takes.</summary>
    public static bool IsConflict(Exception exception) => exception switch
    {
        ConcurrencyException => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => true,
        _ when exception.GetType().Name == "ExistingStreamIdCollisionException" => true,
        { InnerException: { } inner } => IsConflict(inner),
        _ => false,
    };

    private static TimeSpan PauseBefore(int attempt, Exception exception) => IsConflict(exception)
        ? TimeSpan.FromMilliseconds(Math.Min(attempt, 20) * 2)
        : TimeSpan.FromMilliseconds(Math.Min(MaxPause.TotalMilliseconds, 50 * Math.Pow(2, Math.Min(attempt, 10))));

    private void Note(Exception exception, int attempt)
    {
        if (IsConflict(exception))
        {
            Conflicts.Add(1);
        }
        else
        {
            Outages.Add(1);
            LogAway(exception, attempt + 1);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} could not be recorded; it is held and tried again")]
    private partial void LogAway(Exception exception, int attempt);
}
