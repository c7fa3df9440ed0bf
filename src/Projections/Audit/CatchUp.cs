using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.Audit;

/// <summary>Waits for the read models: what is still on its way is no difference. One that does not come is waited for once.</summary>
/// <param name="patience">For all waits together.</param>
internal sealed class CatchUp(EventFeedReader log, IReadOnlyList<LiveReadModel> live, TimeProvider time, TimeSpan patience)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private TimeSpan _left = patience;
    private long _reached;

    /// <summary>Until every read model has come to a sequence, or patience is at its end.</summary>
    public async Task To(long sequence, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (sequence > _reached && time.GetElapsedTime(since) < _left)
        {
            var progress = await log.Progress(cancellation);
            _reached = live.Min(model => progress.GetValueOrDefault(model.Kind.Shard));
            if (sequence > _reached)
            {
                // Progress is a row of the log's store, and nobody tells when it changes.
                await Task.Delay(PollInterval, time, cancellation);
            }
        }

        _left -= time.GetElapsedTime(since);
    }
}
