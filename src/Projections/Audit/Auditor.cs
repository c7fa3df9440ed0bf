using System.Text.Json;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Feed;

namespace TreasureHunt.Projections.Audit;

/// <summary>Holds the log against the rules, and the read models against the fold of the log.</summary>
public sealed class Auditor(LogReader log, ReadModelRedis redis, MemcachedClient memcached, Keys keys)
{
    private static readonly Dictionary<string, Type> Types = EventNames.All.ToDictionary(entry => entry.Value, entry => entry.Key);

    // As the event store writes it.
    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public async Task<HuntReport> Audit(string huntId, CancellationToken cancellation)
    {
        var tally = new HuntTally();
        var expected = new ExpectedModels();
        await foreach (var line in log.Read(0, huntId, types: null, cancellation))
        {
            var @event = line.Data.Deserialize(Types[line.Type], Json)!;
            tally.Add(line.StreamKey, line.Version, @event);
            expected.Add(line.Sequence, @event);
        }

        var comparison = new Comparison(redis.Database, memcached, keys);
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
}
