using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Builds a generation beside the live one, follows the log until both are at the same sequence, compares, and lets readers
/// see the new one. Whoever carries on after a crash begins where the generation's own markers are.
/// </summary>
public sealed class Replayer(
    RecordedEventReader log, ReplayTable table, GenerationTable generations, GenerationStore store, GenerationComparison comparison, TimeProvider time)
{
    /// <summary>So near to the head, the rest is done while the live feed waits: some tens of milliseconds.</summary>
    private const long CatchUpThreshold = 2_000;

    public async Task Run(ReplayReport asked, LiveReadModel live, CancellationToken cancellation)
    {
        if (asked.Kind == ReplayKinds.Replay && (await generations.Read(cancellation)).GetValueOrDefault(asked.ReadModel)?.Previous is { } previous)
        {
            // Two generations need room, never three.
            await store.Drop(asked.ReadModel, previous);
            await generations.Forget(asked.ReadModel, previous, cancellation);
        }

        var run = new GenerationBuild(asked with { State = "building", Error = null }, live.Kind, log, table, store, time);
        var old = live.Generation;
        if (asked.Generation == old && await run.Model.Progress(cancellation) is null)
        {
            // Built in place, it would be read half-built.
            await run.ReportProgressAsync(run.Report with { State = "failed", Error = "The generation is lost.", FinishedAt = time.GetUtcNow() }, cancellation);
            return;
        }

        await run.Follow(CatchUpThreshold, cancellation);
        var comparable = asked.Kind == ReplayKinds.Replay && old > 0 && live.Kind.Name != ReadModelNames.Memcached;
        HashSet<string> suspects = [];
        if (comparable)
        {
            await run.ReportProgressAsync(run.Report with { State = "comparing" }, cancellation);
            (var compared, suspects) = await comparison.FindCandidatesAsync(live.Kind.Name, old, asked.Generation, asked.CompareAll, cancellation);
            await run.ReportProgressAsync(run.Report with { State = "building", Compared = compared }, cancellation);
            await run.Follow(CatchUpThreshold, cancellation);
            await run.WaitFor(live, cancellation);
        }

        await live.Switch(
            async (current, applied) =>
            {
                await run.Feed(applied, cancellation);
                if (comparable && current is not null)
                {
                    var (differences, examples) = await comparison.CompareAsync(live.Kind.Name, old, asked.Generation, suspects);
                    // What a cache has lost of the live one is no difference.
                    var whole = await current.Progress(cancellation) >= applied;
                    run.Report = whole ? run.Report with { Differences = differences, Examples = examples } : run.Report with { Compared = 0 };
                }

                await run.CheckCompleteAsync(cancellation);
                return asked.DryRun ? null : await Flip(asked, old, run.Model, cancellation);
            },
            cancellation);
        if (asked.DryRun)
        {
            await store.Drop(live.Kind.Name, asked.Generation);
        }

        await run.ReportProgressAsync(run.Report with { State = "done", FinishedAt = time.GetUtcNow() }, cancellation);
    }

    /// <summary>Ends a replay that cannot be carried out, and takes away what it has built.</summary>
    public async Task GiveUp(ReplayReport asked, string why, CancellationToken cancellation)
    {
        await store.Drop(asked.ReadModel, asked.Generation);
        await table.Save(asked with { State = "failed", Error = why, FinishedAt = time.GetUtcNow() }, cancellation);
    }

    private async Task<IReadModel> Flip(ReplayReport asked, int old, IReadModel built, CancellationToken cancellation)
    {
        if (built.Generation == old)
        {
            return built;
        }

        var before = (await generations.Read(cancellation)).GetValueOrDefault(asked.ReadModel);
        // What was lost is nothing to go back to.
        var keep = asked.Kind is ReplayKinds.Replay or ReplayKinds.Rollback;
        if (!await generations.Flip(asked.ReadModel, old, built.Generation, keep, time.GetUtcNow(), cancellation))
        {
            throw new InvalidOperationException($"Another worker flipped {asked.ReadModel} meanwhile.");
        }

        await store.Point(asked.ReadModel, built.Generation);
        foreach (var gone in new[] { before?.Previous, keep ? null : old }.OfType<int>().Where(number => number > 0 && number != built.Generation))
        {
            await store.Drop(asked.ReadModel, gone);
        }

        return built;
    }
}
