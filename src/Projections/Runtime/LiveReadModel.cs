using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The live generation of a read model, as this worker feeds it. Batches and the switch to another generation exclude each other,
/// so that each batch is applied to one of the two generations.
/// </summary>
public sealed class LiveReadModel(ReadModelDefinition definition) : IDisposable
{
    private readonly SemaphoreSlim _lock = new(1);
    private IReadModel? _model;
    private long _appliedUpTo;

    public ReadModelDefinition Definition => definition;

    /// <summary>The number of the live generation; 0 when there is none.</summary>
    public int Generation => _model?.Generation ?? 0;

    /// <summary>The sequence up to which batches were applied. It is often a little behind the event store.</summary>
    public long AppliedUpTo => Volatile.Read(ref _appliedUpTo);

    /// <summary>Selects the generation to feed.</summary>
    /// <param name="generation">0 for none: batches are skipped, because the first generation will be built from the event store.</param>
    /// <param name="appliedUpTo">The recorded progress of the shard.</param>
    public Task AdoptGenerationAsync(int generation, long appliedUpTo, CancellationToken cancellationToken) => RunExclusivelyAsync(
        () =>
        {
            (_model, _appliedUpTo) = (generation == 0 ? null : definition.OpenGeneration(generation), appliedUpTo);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Applies the events of a range to the live generations of the read models in one store.</summary>
    public static async Task ApplyEventsAsync(IReadOnlyList<LiveReadModel> live, EventBatch events, CancellationToken cancellationToken)
    {
        var locked = new List<LiveReadModel>(live.Count);
        try
        {
            foreach (var model in live)
            {
                await model._lock.WaitAsync(cancellationToken);
                locked.Add(model);
            }

            await ApplyLockedAsync(live, events, cancellationToken);
        }
        finally
        {
            locked.ForEach(model => model._lock.Release());
        }
    }

    /// <summary>Switches to another generation while no batch is applied.</summary>
    /// <param name="replace">
    /// Gets the live generation (null when there is none) and the sequence up to which batches were applied to it. Returns the
    /// generation to feed from now on, or null to keep the live one.
    /// </param>
    public Task SwitchGenerationAsync(Func<IReadModel?, long, Task<IReadModel?>> replace, CancellationToken cancellationToken) =>
        RunExclusivelyAsync(
            async () =>
            {
                _model = await replace(_model, _appliedUpTo) ?? _model;
                return true;
            },
            cancellationToken);

    /// <summary>Compares the cache with the events that were applied.</summary>
    public Task<ReadModelHealth> CheckHealthAsync(CancellationToken cancellationToken) => RunExclusivelyAsync(
        async () =>
        {
            var checkpoint = _model is null ? _appliedUpTo : await _model.ReadCheckpointAsync(cancellationToken);
            return checkpoint is null ? ReadModelHealth.Lost
                : checkpoint < _appliedUpTo ? ReadModelHealth.Behind
                : ReadModelHealth.Complete;
        },
        cancellationToken);

    public void Dispose() => _lock.Dispose();

    private static async Task ApplyLockedAsync(
        IReadOnlyList<LiveReadModel> live, EventBatch events, CancellationToken cancellationToken)
    {
        var projected = await Task.WhenAll(live.Where(model => model._model is not null).Select(
            model => model._model!.ProjectBatchAsync(model.Definition.Select(events), live: true, cancellationToken)));
        // The keys of one partition have one hash slot, so one script writes those of all read models.
        var inRedis = projected.OfType<PartitionWriteBatch>().ToList();
        if (inRedis.Count > 0)
        {
            await PartitionWriteBatch.WriteAllAsync(inRedis, cancellationToken);
        }

        foreach (var batch in projected.Where(batch => batch is not PartitionWriteBatch))
        {
            await batch.WriteAsync(cancellationToken);
        }

        foreach (var model in live)
        {
            model._appliedUpTo = events.UpTo;
        }
    }

    private async Task<T> RunExclusivelyAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _lock.Release();
        }
    }
}
