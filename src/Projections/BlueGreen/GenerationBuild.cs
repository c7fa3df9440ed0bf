using System.Diagnostics;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>The build of one generation, and the report of its progress.</summary>
public sealed class GenerationBuild(
    ReplayReport report, ReadModelDefinition definition, EventReader eventReader, ReplayTable table, GenerationStore store,
    TimeProvider timeProvider)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(500);

    private long _reportedAt;
    private long _since;
    private long? _appliedUpTo;

    public IReadModel Model { get; } = definition.OpenGeneration(report.Generation);

    public ReplayReport Report { get; set; } = report;

    /// <summary>Applies events until at most <paramref name="threshold"/> sequences are left before the head of the event store.</summary>
    public async Task CatchUpAsync(long threshold, CancellationToken cancellationToken)
    {
        long head;
        do
        {
            head = await eventReader.HighWaterMarkAsync(cancellationToken);
            await ApplyEventsAsync(head, cancellationToken);
            head = await eventReader.HighWaterMarkAsync(cancellationToken);
        }
        while (head - _appliedUpTo > threshold);
    }

    /// <summary>Waits until the live generation has reached this one, which may be ahead of it.</summary>
    public async Task WaitForLiveAsync(LiveReadModel live, CancellationToken cancellationToken)
    {
        // Each report also detects that the replay was cancelled.
        while (live.AppliedUpTo < _appliedUpTo)
        {
            await ReportProgressAsync(Report, cancellationToken);
            await Task.Delay(ReportInterval, timeProvider, cancellationToken);
        }
    }

    /// <summary>Applies the events after the checkpoint up to a sequence.</summary>
    /// <exception cref="GenerationLostException">A cache lost data of this generation.</exception>
    /// <exception cref="ReplayCancelledException">An administrator cancelled the replay.</exception>
    public async Task ApplyEventsAsync(long upTo, CancellationToken cancellationToken)
    {
        _appliedUpTo ??= await Model.ReadCheckpointAsync(cancellationToken) ?? await CreateEmptyAsync(cancellationToken);
        Report = Report with { Head = Math.Max(upTo, Report.Head), Sequence = _appliedUpTo.Value };
        var writing = Task.FromResult(true);
        EventBatch? written = null;
        _since = Stopwatch.GetTimestamp();
        try
        {
            await foreach (var batch in eventReader.ReadBatchesAsync(definition.Events, _appliedUpTo.Value, upTo, cancellationToken))
            {
                // The next batch is projected while this one is written.
                var projected = await Model.ProjectBatchAsync(batch, live: false, cancellationToken);
                await CompleteAsync(written, writing, cancellationToken);
                (written, writing) = (batch, projected.WriteAsync(cancellationToken));
            }
        }
        finally
        {
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CompleteAsync(written, writing, cancellationToken);
    }

    /// <exception cref="GenerationLostException">A cache lost data of this generation.</exception>
    public async Task EnsureCompleteAsync(CancellationToken cancellationToken)
    {
        if (!(await Model.ReadCheckpointAsync(cancellationToken) >= _appliedUpTo))
        {
            throw DataLost();
        }
    }

    /// <summary>Saves the report. A replay that was cancelled loses its generation.</summary>
    /// <exception cref="ReplayCancelledException">An administrator cancelled the replay.</exception>
    public async Task ReportProgressAsync(ReplayReport report, CancellationToken cancellationToken)
    {
        Report = report;
        _reportedAt = timeProvider.GetTimestamp();
        if (!await table.SaveReportAsync(report, cancellationToken))
        {
            if (Report.Kind == ReplayKinds.Replay)
            {
                await store.DeleteGenerationAsync(definition.Name, Model.Generation);
            }

            throw new ReplayCancelledException();
        }
    }

    private async Task CompleteAsync(EventBatch? batch, Task<bool> writing, CancellationToken cancellationToken)
    {
        if (!await writing)
        {
            throw DataLost();
        }

        if (batch is null)
        {
            return;
        }

        _appliedUpTo = batch.UpTo;
        var now = Stopwatch.GetTimestamp();
        Report = Report with
        {
            Sequence = batch.UpTo,
            Events = Report.Events + batch.Events.Count,
            Seconds = Report.Seconds + Stopwatch.GetElapsedTime(_since, now).TotalSeconds,
        };
        _since = now;
        if (timeProvider.GetElapsedTime(_reportedAt) > ReportInterval)
        {
            await ReportProgressAsync(Report, cancellationToken);
        }
    }

    private GenerationLostException DataLost() => new($"Generation {Model.Generation} of {definition.Name} lost data during its build.");

    // Writes the checkpoints. Without them, the read model of an empty event store would count as lost.
    private async Task<long> CreateEmptyAsync(CancellationToken cancellationToken)
    {
        var empty = await Model.ProjectBatchAsync(new EventBatch(0, 0, []), live: false, cancellationToken);
        await empty.WriteAsync(cancellationToken);
        return 0;
    }
}
