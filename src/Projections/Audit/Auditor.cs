using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Feed;
using TreasureHunt.Projections.Generations;

namespace TreasureHunt.Projections.Audit;

/// <summary>Holds the log against the rules, and the read models against the fold of the log.</summary>
public sealed class Auditor(
    LogReader log,
    IEnumerable<LiveReadModel> live,
    ReadModelRedis redis,
    MemcachedClient memcached,
    GenerationTable generations,
    Keys keys,
    TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public async Task<HuntReport> Audit(string huntId, CancellationToken cancellation)
    {
        var (tally, expected, last) = (new HuntTally(), new ExpectedModels(), 0L);
        await foreach (var line in log.Read(0, huntId, types: null, cancellation))
        {
            var @event = EventJson.Read(line.Data, EventNames.Types[line.Type]);
            tally.Add(line.StreamKey, line.Version, @event);
            expected.Add(line.Sequence, @event);
            last = line.Sequence;
        }

        await CatchUp(last, cancellation);
        var comparison = new Comparison(redis.Database, memcached, keys, await generations.Read(cancellation));
        return new HuntReport(
            huntId,
            tally.Events,
            tally.Treasures,
            tally.Won + tally.Rejected,
            tally.Won,
            tally.Rejected,
            tally.Revoked,
            tally.DoubleWinners,
            tally.OverStock,
            tally.LimitViolations,
            tally.DuplicateOutcomes,
            tally.VersionHoles,
            await comparison.Compare(huntId, expected, cancellation));
    }

    // What is still on its way is no difference. A read model that does not come is one.
    private async Task CatchUp(long sequence, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        while (time.GetElapsedTime(since) < Patience)
        {
            var progress = await log.Progress(cancellation);
            if (live.All(model => progress.GetValueOrDefault(model.Kind.Shard) >= sequence))
            {
                return;
            }

            await Task.Delay(Look, time, cancellation);
        }
    }
}
