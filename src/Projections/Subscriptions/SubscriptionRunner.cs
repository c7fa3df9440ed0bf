using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Feeds one subscription, on its own: one whose target does not answer delays no other. After a failure it continues from the recorded
/// progress. An event that this build cannot read needs a newer build, and is tried again at
/// <see cref="ProjectionOptions.UnknownEventRetryInterval"/>.
/// </summary>
public sealed class SubscriptionRunner(
    IEventSubscription subscription, SharedEventReader events, SubscriptionProgress progress, HighWaterMark mark,
    ProjectionOptions options, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private string? _reported;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // A server that does not answer now may answer later, and no failure of one target may end the others.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                await Task.Delay(Report(exception), timeProvider, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var position = await progress.ReadAsync(subscription.Shard, cancellationToken);
        while (true)
        {
            var upTo = await mark.WaitBeyondAsync(position, cancellationToken);
            var startedAt = timeProvider.GetTimestamp();
            var batch = await events.ReadAsync(position, upTo, cancellationToken);
            if (batch.UpTo < upTo)
            {
                events.ReadAhead(batch.UpTo, upTo);
            }

            await subscription.ApplyEventsAsync(batch, cancellationToken);
            await progress.MoveAsync(subscription.Shard, position, batch.UpTo, cancellationToken);
            (position, _reported) = (batch.UpTo, null);
            var rest = subscription.MinInterval - timeProvider.GetElapsedTime(startedAt);
            if (position >= upTo && rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, timeProvider, cancellationToken);
            }
        }
    }

    // Each failure is logged once, not at each attempt.
    private TimeSpan Report(Exception exception)
    {
        if (_reported != exception.Message)
        {
            _reported = exception.Message;
            if (exception is UnreadableEventException unreadable)
            {
                logger.ShardStandsStill(subscription.Shard, unreadable.Sequence, unreadable.EventName);
            }
            else
            {
                logger.ShardRestarted(subscription.Shard, exception.Message);
            }
        }

        return exception switch
        {
            UnreadableEventException => options.UnknownEventRetryInterval,
            ProgressMovedException => TimeSpan.Zero,
            _ => RetryDelay,
        };
    }
}
