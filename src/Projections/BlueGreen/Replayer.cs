using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Builds a generation next to the live one until both are at the same sequence, compares them, and makes the new one live. After a
/// crash, the next leader resumes at the checkpoints of the new generation.
/// </summary>
public sealed class Replayer(
    EventReader eventReader, ReplayTable table, GenerationTable generations, GenerationStore store,
    GenerationComparison comparison, TimeProvider timeProvider)
{
    /// <summary>Sequences that are applied while the live read model is paused: they take some tens of milliseconds.</summary>
    private const long CatchUpThreshold = 2_000;

    public async Task RunReplayAsync(ReplayReport replay, LiveReadModel live, CancellationToken cancellationToken)
    {
        if (replay.Kind == ReplayKinds.Replay)
        {
            await DeletePreviousAsync(replay.ReadModel, cancellationToken);
        }

        var build = new GenerationBuild(
            replay with { State = "building", Error = null }, live.Definition, eventReader, table, store, timeProvider);
        var old = live.Generation;
        if (replay.Generation == old && await build.Model.ReadCheckpointAsync(cancellationToken) is null)
        {
            // Readers must not see a half-built generation, so a lost live generation is never rebuilt under its own number.
            await build.ReportProgressAsync(
                build.Report with { State = "failed", Error = "The generation is lost.", FinishedAt = timeProvider.GetUtcNow() },
                cancellationToken);
            return;
        }

        await build.CatchUpAsync(CatchUpThreshold, cancellationToken);
        var isComparable = replay.Kind == ReplayKinds.Replay && old > 0 && live.Definition.Name != ReadModelNames.Memcached;
        var candidates = isComparable ? await FindCandidatesAsync(build, live, old, cancellationToken) : [];
        await live.SwitchGenerationAsync(
            async (current, appliedUpTo) =>
            {
                await build.ApplyEventsAsync(appliedUpTo, cancellationToken);
                if (isComparable && current is not null)
                {
                    var (differences, examples) = await comparison.CompareKeysAsync(
                        live.Definition.Name, old, replay.Generation, candidates);
                    // When the cache has lost data of the live generation, its differences say nothing about the new one.
                    var isComplete = await current.ReadCheckpointAsync(cancellationToken) >= appliedUpTo;
                    build.Report = isComplete
                        ? build.Report with { Differences = differences, Examples = examples }
                        : build.Report with { Compared = 0 };
                }

                await build.EnsureCompleteAsync(cancellationToken);
                return replay.DryRun ? null : await MakeLiveAsync(replay, old, build.Model, cancellationToken);
            },
            cancellationToken);
        if (replay.DryRun)
        {
            await store.DeleteGenerationAsync(live.Definition.Name, replay.Generation);
        }

        await build.ReportProgressAsync(
            build.Report with { State = "done", FinishedAt = timeProvider.GetUtcNow() }, cancellationToken);
    }

    /// <summary>Ends a replay that cannot succeed, and deletes its generation.</summary>
    public async Task FailReplayAsync(ReplayReport replay, string reason, CancellationToken cancellationToken)
    {
        await store.DeleteGenerationAsync(replay.ReadModel, replay.Generation);
        await table.SaveReportAsync(
            replay with { State = "failed", Error = reason, FinishedAt = timeProvider.GetUtcNow() }, cancellationToken);
    }

    // The caches have memory for two generations, not for three.
    private async Task DeletePreviousAsync(string readModel, CancellationToken cancellationToken)
    {
        if ((await generations.ReadAllAsync(cancellationToken)).GetValueOrDefault(readModel)?.Previous is { } previous)
        {
            await store.DeleteGenerationAsync(readModel, previous);
            await generations.ClearPreviousAsync(readModel, previous, cancellationToken);
        }
    }

    private async Task<HashSet<string>> FindCandidatesAsync(
        GenerationBuild build, LiveReadModel live, int old, CancellationToken cancellationToken)
    {
        await build.ReportProgressAsync(build.Report with { State = "comparing" }, cancellationToken);
        var (compared, candidates) = await comparison.FindCandidatesAsync(
            live.Definition.Name, old, build.Report.Generation, build.Report.CompareAll, cancellationToken);
        await build.ReportProgressAsync(build.Report with { State = "building", Compared = compared }, cancellationToken);
        await build.CatchUpAsync(CatchUpThreshold, cancellationToken);
        await build.WaitForLiveAsync(live, cancellationToken);
        return candidates;
    }

    private async Task<IReadModel> MakeLiveAsync(
        ReplayReport replay, int old, IReadModel built, CancellationToken cancellationToken)
    {
        if (built.Generation == old)
        {
            return built;
        }

        var before = (await generations.ReadAllAsync(cancellationToken)).GetValueOrDefault(replay.ReadModel);
        // A generation that was built or repaired replaces none, or one that has lost data: no rollback to it.
        var keep = replay.Kind is ReplayKinds.Replay or ReplayKinds.Rollback;
        // An earlier attempt can have recorded the generation, and failed before its number reached the readers.
        if (before?.Live != built.Generation && !await generations.ReplaceLiveGenerationAsync(
            replay.ReadModel, old, built.Generation, keep, timeProvider.GetUtcNow(), cancellationToken))
        {
            throw new InvalidOperationException($"Another worker has replaced the live generation of {replay.ReadModel}.");
        }

        await store.PublishLiveGenerationAsync(replay.ReadModel, built.Generation);
        foreach (var unused in new[] { before?.Previous, keep ? null : old }.OfType<int>().Where(
            number => number > 0 && number != built.Generation))
        {
            await store.DeleteGenerationAsync(replay.ReadModel, unused);
        }

        return built;
    }
}
