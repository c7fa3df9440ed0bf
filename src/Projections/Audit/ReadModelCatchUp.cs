using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Audit;

/// <summary>Waits for read models that are behind, so that missing events do not count as differences.</summary>
/// <param name="timeout">The limit of all waits together.</param>
internal sealed class ReadModelCatchUp(
    EventReader eventFeed, IReadOnlyList<LiveReadModel> live, TimeProvider timeProvider, TimeSpan timeout)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private TimeSpan _remaining = timeout;
    private long _reached;

    /// <summary>Waits until all read models have reached a sequence, or the timeout.</summary>
    public async Task WaitForSequenceAsync(long sequence, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        while (sequence > _reached && timeProvider.GetElapsedTime(since) < _remaining)
        {
            var progress = await eventFeed.ProgressAsync(cancellationToken);
            _reached = live.Min(model => progress.GetValueOrDefault(model.Definition.Shard));
            if (sequence > _reached)
            {
                // PostgreSQL sends no notification when the progress changes.
                await Task.Delay(PollInterval, timeProvider, cancellationToken);
            }
        }

        _remaining -= timeProvider.GetElapsedTime(since);
    }
}
