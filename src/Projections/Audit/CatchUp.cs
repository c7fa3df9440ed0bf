using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Audit;

/// <summary>Waits for the read models: what is still on its way is no difference. One that does not come is waited for once.</summary>
/// <param name="patience">For all waits together.</param>
internal sealed class CatchUp(EventFeedReader log, IReadOnlyList<LiveReadModel> live, TimeProvider timeProvider, TimeSpan patience)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private TimeSpan _left = patience;
    private long _reached;

    /// <summary>Until every read model has come to a sequence, or patience is at its end.</summary>
    public async Task ToAsync(long sequence, CancellationToken cancellationToken)
    {
        var since = timeProvider.GetTimestamp();
        while (sequence > _reached && timeProvider.GetElapsedTime(since) < _left)
        {
            var progress = await log.ProgressAsync(cancellationToken);
            _reached = live.Min(model => progress.GetValueOrDefault(model.Kind.Shard));
            if (sequence > _reached)
            {
                // Progress is a row of the log's store, and nobody tells when it changes.
                await Task.Delay(PollInterval, timeProvider, cancellationToken);
            }
        }

        _left -= timeProvider.GetElapsedTime(since);
    }
}
