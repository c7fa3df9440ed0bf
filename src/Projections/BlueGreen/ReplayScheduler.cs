using StackExchange.Redis;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>Runs the unfinished replays: builds and repairs together and first, then requested replays one after the other.</summary>
public sealed class ReplayScheduler(
    IEnumerable<LiveReadModel> live, ReplayTable replays, Replayer replayer, ProjectionOptions options, TimeProvider timeProvider,
    ILogger<ReplayScheduler> logger)
{
    private readonly Dictionary<string, LiveReadModel> _live = live.ToDictionary(model => model.Definition.Name);

    /// <summary>Runs each unfinished replay once. One that fails stays unfinished, unless it can never succeed.</summary>
    public async Task RunPendingReplaysAsync(CancellationToken cancellationToken)
    {
        var unfinished = (await replays.ListUnfinishedAsync(cancellationToken)).ToLookup(
            replay => replay.Kind is ReplayKinds.Build or ReplayKinds.Repair);
        // Readers wait for builds and repairs, so all of them run together. Requested replays are not urgent.
        await Task.WhenAll(unfinished[true].Select(replay => TryRunReplayAsync(replay, cancellationToken)));
        foreach (var replay in unfinished[false])
        {
            await TryRunReplayAsync(replay, cancellationToken);
        }
    }

    private async Task TryRunReplayAsync(ReplayReport replay, CancellationToken cancellationToken)
    {
        try
        {
            await RunReplayAsync(replay, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // A server that does not answer now may answer in the next round.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailure(replay, exception);
        }
    }

    private async Task RunReplayAsync(ReplayReport replay, CancellationToken cancellationToken)
    {
        logger.ReplayStarted(replay.Kind, replay.ReadModel, replay.Generation);
        try
        {
            await replayer.RunReplayAsync(replay, _live[replay.ReadModel], cancellationToken);
            logger.ReplayFinished(replay.Kind, replay.ReadModel, replay.Generation);
        }
        catch (ReplayCancelledException)
        {
            logger.ReplayCancelled(replay.Kind, replay.ReadModel, replay.Generation);
        }
        catch (RedisServerException full)
            when (replay.Kind == ReplayKinds.Replay && full.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            // The new generation is deleted at once, because the live generation needs its memory.
            await replayer.FailReplayAsync(replay, "Redis has no memory for another generation.", cancellationToken);
            LogFailure(replay, full);
        }
        catch (UnknownEventException unknown) when (replay.Kind is ReplayKinds.Replay or ReplayKinds.Rollback)
        {
            // The administrator gets the error at once and must install a build that knows the event first.
            await replayer.FailReplayAsync(replay, unknown.Message, cancellationToken);
            LogFailure(replay, unknown);
        }
        catch (UnknownEventException unknown)
        {
            // Readers need this generation, but only a newer build can build it.
            LogFailure(replay, unknown);
            await Task.Delay(options.UnknownEventRetryInterval, timeProvider, cancellationToken);
        }
    }

    private void LogFailure(ReplayReport replay, Exception exception) =>
        logger.ReplayFailed(replay.Kind, replay.ReadModel, replay.Generation, exception.Message);
}
