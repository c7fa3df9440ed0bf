using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>How the live generation of a read model is.</summary>
public enum ReadModelHealth
{
    /// <summary>It holds all that it was fed.</summary>
    Whole,

    /// <summary>It is as it was some time ago: what came since has to be fed again.</summary>
    Behind,

    /// <summary>Something of it is gone.</summary>
    Lost,
}

/// <summary>
/// The generation of a read model that readers see, as this worker feeds it. Pages and the switch to another generation come
/// one at a time, so that no page falls between two generations.
/// </summary>
public sealed class LiveReadModel(ReadModelKind kind) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private IReadModel? _model;
    private long _applied;

    public ReadModelKind Kind => kind;

    /// <summary>The live generation; 0 while there is none.</summary>
    public int Generation => _model?.Generation ?? 0;

    /// <summary>The sequence up to which pages have come. Often some behind the log.</summary>
    public long Applied => Volatile.Read(ref _applied);

    /// <summary>Begins to feed a generation, or none.</summary>
    /// <param name="generation">0 for none: pages pass, for the first generation will be built from the log.</param>
    /// <param name="applied">The sequence up to which the log says that it was fed.</param>
    public Task AdoptAsync(int generation, long applied, CancellationToken cancellationToken) => InTurnAsync(
        () =>
        {
            (_model, _applied) = (generation == 0 ? null : kind.Open(generation), applied);
            return Task.FromResult(true);
        },
        cancellationToken);

    /// <summary>Applies a page to the live generation.</summary>
    public Task ApplyAsync(EventBatch page, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var complete = _model is null || await _model.ApplyAsync(page, live: true, cancellationToken);
            _applied = page.UpTo;
            return complete;
        },
        cancellationToken);

    /// <summary>Takes another generation while no page is under way.</summary>
    /// <param name="take">
    /// Gets the live generation, null when there is none, and the sequence up to which it was fed; gives the one to feed from now on, or
    /// null to stay.
    /// </param>
    public Task SwitchAsync(Func<IReadModel?, long, Task<IReadModel?>> take, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            _model = await take(_model, _applied) ?? _model;
            return true;
        },
        cancellationToken);

    public void Dispose() => _turn.Dispose();

    public Task<ReadModelHealth> CheckHealthAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var progress = _model is null ? _applied : await _model.ProgressAsync(cancellationToken);
            return progress is null ? ReadModelHealth.Lost : progress < _applied ? ReadModelHealth.Behind : ReadModelHealth.Whole;
        },
        cancellationToken);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
