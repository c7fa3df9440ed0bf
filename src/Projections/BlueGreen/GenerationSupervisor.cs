using System.Diagnostics.Metrics;
using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Supervises the live generations while this worker leads: publishes their numbers to readers, requests repairs of lost data,
/// deletes generations that are no longer needed, and runs replays, one at a time.
/// </summary>
public sealed class GenerationSupervisor : IDisposable
{
    private readonly IReadOnlyDictionary<string, LiveReadModel> _live;
    private readonly GenerationTable _generations;
    private readonly GenerationStore _store;
    private readonly ReplayTable _replays;
    private readonly ReplayScheduler _scheduler;
    private readonly EventReader _eventFeed;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<GenerationSupervisor> _logger;
    private readonly TimeSpan _keepPrevious;
    private readonly TimeSpan _repairInterval;
    private readonly SemaphoreSlim _replayRequested = new(0, 1);

    public GenerationSupervisor(
        IEnumerable<LiveReadModel> live,
        GenerationTable generations,
        GenerationStore store,
        ReplayTable replays,
        ReplayScheduler scheduler,
        EventReader eventFeed,
        ReadModelOptions readModels,
        ProjectionOptions projections,
        TimeProvider timeProvider,
        ILogger<GenerationSupervisor> logger)
    {
        _live = live.ToDictionary(model => model.Definition.Name);
        (_generations, _store, _replays, _scheduler) = (generations, store, replays, scheduler);
        (_eventFeed, _timeProvider, _logger) = (eventFeed, timeProvider, logger);
        (_keepPrevious, _repairInterval) = (readModels.KeepPrevious, projections.RepairInterval);
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_generation",
            () => _live.Values.Select(
                model => new Measurement<int>(model.Generation, new KeyValuePair<string, object?>("readmodel", model.Definition.Name))),
            description: "The live generation of a read model that this worker feeds; 0 when it feeds none");
    }

    /// <summary>Makes each read model feed its live generation. Called before the daemon starts.</summary>
    public async Task AdoptGenerationsAsync(CancellationToken cancellationToken)
    {
        var rows = await _generations.ReadAllAsync(cancellationToken);
        var progress = await _eventFeed.ProgressAsync(cancellationToken);
        foreach (var (name, model) in _live)
        {
            await model.AdoptGenerationAsync(
                rows.GetValueOrDefault(name)?.Live ?? 0, progress.GetValueOrDefault(model.Definition.Shard), cancellationToken);
        }
    }

    /// <summary>Starts a requested replay at once, if this worker leads and no replay is running.</summary>
    public void NotifyReplayRequested()
    {
        if (_replayRequested.CurrentCount == 0)
        {
            _replayRequested.Release();
        }
    }

    /// <summary>Supervises until cancelled. Failures are logged and tried again; replays resume at their checkpoints.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var replays = Task.CompletedTask;
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryAsync(SuperviseAllAsync, cancellationToken);
            if (replays.IsCompleted)
            {
                replays = TryAsync(_scheduler.RunPendingReplaysAsync, cancellationToken);
            }

            await Task.WhenAny(
                replays.IsCompleted
                    ? _replayRequested.WaitAsync(_repairInterval, cancellationToken)
                    : Task.Delay(_repairInterval, _timeProvider, cancellationToken));
        }

        await replays;
    }

    public void Dispose() => _replayRequested.Dispose();

    private async Task SuperviseAllAsync(CancellationToken cancellationToken)
    {
        var rows = await _generations.ReadAllAsync(cancellationToken);
        foreach (var name in ReadModelNames.All)
        {
            // A cache that does not answer must not stop the supervision of the read models in the other.
            await TryAsync(
                token => rows.TryGetValue(name, out var row)
                    ? SuperviseAsync(row, token)
                    : _replays.RequestReplayAsync(name, ReplayKinds.Build, cancellationToken: token),
                cancellationToken);
        }
    }

    private async Task SuperviseAsync(LiveGeneration row, CancellationToken cancellationToken)
    {
        await RequestRepairAsync(_live[row.ReadModel], cancellationToken);
        if (await _store.ReadPublishedGenerationAsync(row.ReadModel) != row.Live)
        {
            await _store.PublishLiveGenerationAsync(row.ReadModel, row.Live);
        }

        if (row.Previous is { } previous && row.FlippedAt + _keepPrevious < _timeProvider.GetUtcNow())
        {
            await _store.DeleteGenerationAsync(row.ReadModel, previous);
            await _generations.ClearPreviousAsync(row.ReadModel, previous, cancellationToken);
        }
    }

    private async Task RequestRepairAsync(LiveReadModel model, CancellationToken cancellationToken)
    {
        var health = await model.CheckHealthAsync(cancellationToken);
        if (health != ReadModelHealth.Complete
            && await _replays.RequestReplayAsync(
                model.Definition.Name, ReplayKinds.Repair, health == ReadModelHealth.Behind ? model.Generation : null,
                cancellationToken: cancellationToken) is not null)
        {
            _logger.GenerationDamaged(model.Definition.Name, model.Generation, health);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // A server that does not answer now may answer in the next round.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _logger.SupervisionFailed(exception.Message);
        }
    }
}
