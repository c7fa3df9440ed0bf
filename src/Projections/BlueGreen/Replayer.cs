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
    RecordedEventReader log, ReplayTable table, GenerationTable generations, GenerationStore store, GenerationComparison comparison,
    TimeProvider timeProvider)
{
    /// <summary>So near to the head, the rest is done while the live feed waits: some tens of milliseconds.</summary>
    private const long CatchUpThreshold = 2_000;

    public async Task RunAsync(ReplayReport asked, LiveReadModel live, CancellationToken cancellationToken)
    {
        if (asked.Kind == ReplayKinds.Replay
            && (await generations.ReadAsync(cancellationToken)).GetValueOrDefault(asked.ReadModel)?.Previous is { } previous)
        {
            // Two generations need room, never three.
            await store.DropAsync(asked.ReadModel, previous);
            await generations.ForgetAsync(asked.ReadModel, previous, cancellationToken);
        }

        var run = new GenerationBuild(asked with { State = "building", Error = null }, live.Kind, log, table, store, timeProvider);
        var old = live.Generation;
        if (asked.Generation == old && await run.Model.ProgressAsync(cancellationToken) is null)
        {
            // Built in place, it would be read half-built.
            await run.ReportProgressAsync(
                run.Report with { State = "failed", Error = "The generation is lost.", FinishedAt = timeProvider.GetUtcNow() },
                cancellationToken);
            return;
        }

        await run.FollowAsync(CatchUpThreshold, cancellationToken);
        var comparable = asked.Kind == ReplayKinds.Replay && old > 0 && live.Kind.Name != ReadModelNames.Memcached;
        HashSet<string> suspects = [];
        if (comparable)
        {
            await run.ReportProgressAsync(run.Report with { State = "comparing" }, cancellationToken);
            (var compared, suspects) = await comparison.FindCandidatesAsync(
                live.Kind.Name, old, asked.Generation, asked.CompareAll, cancellationToken);
            await run.ReportProgressAsync(run.Report with { State = "building", Compared = compared }, cancellationToken);
            await run.FollowAsync(CatchUpThreshold, cancellationToken);
            await run.WaitForAsync(live, cancellationToken);
        }

        await live.SwitchAsync(
            async (current, applied) =>
            {
                await run.FeedAsync(applied, cancellationToken);
                if (comparable && current is not null)
                {
                    var (differences, examples) = await comparison.CompareAsync(live.Kind.Name, old, asked.Generation, suspects);
                    // What a cache has lost of the live one is no difference.
                    var whole = await current.ProgressAsync(cancellationToken) >= applied;
                    run.Report = whole
                        ? run.Report with { Differences = differences, Examples = examples } : run.Report with { Compared = 0 };
                }

                await run.CheckCompleteAsync(cancellationToken);
                return asked.DryRun ? null : await FlipAsync(asked, old, run.Model, cancellationToken);
            },
            cancellationToken);
        if (asked.DryRun)
        {
            await store.DropAsync(live.Kind.Name, asked.Generation);
        }

        await run.ReportProgressAsync(run.Report with { State = "done", FinishedAt = timeProvider.GetUtcNow() }, cancellationToken);
    }

    /// <summary>Ends a replay that cannot be carried out, and takes away what it has built.</summary>
    public async Task GiveUpAsync(ReplayReport asked, string why, CancellationToken cancellationToken)
    {
        await store.DropAsync(asked.ReadModel, asked.Generation);
        await table.SaveAsync(asked with { State = "failed", Error = why, FinishedAt = timeProvider.GetUtcNow() }, cancellationToken);
    }

    private async Task<IReadModel> FlipAsync(ReplayReport asked, int old, IReadModel built, CancellationToken cancellationToken)
    {
        if (built.Generation == old)
        {
            return built;
        }

        var before = (await generations.ReadAsync(cancellationToken)).GetValueOrDefault(asked.ReadModel);
        // What was lost is nothing to go back to.
        var keep = asked.Kind is ReplayKinds.Replay or ReplayKinds.Rollback;
        if (!await generations.FlipAsync(asked.ReadModel, old, built.Generation, keep, timeProvider.GetUtcNow(), cancellationToken))
        {
            throw new InvalidOperationException($"Another worker flipped {asked.ReadModel} meanwhile.");
        }

        await store.PointAsync(asked.ReadModel, built.Generation);
        foreach (var gone in new[] { before?.Previous, keep ? null : old }.OfType<int>().Where(
            number => number > 0 && number != built.Generation))
        {
            await store.DropAsync(asked.ReadModel, gone);
        }

        return built;
    }
}
