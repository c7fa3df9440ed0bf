using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// Decides claims that were waiting together: a lock for each treasure, one read, one transaction. Decides again when
/// somebody else was faster, and waits in place while a server is away: a claim that was accepted is never given up.
/// </summary>
public sealed class ClaimDesk(
    ClaimLog log, NpgsqlDataSource postgres, Persistence persistence, TreasureLock locks, Pulse pulse, TimeProvider time)
{
    // A treasure never changes its hunt, so this cannot go stale.
    private readonly ConcurrentDictionary<string, string> _huntOf = new();

    /// <summary>The outcome of each claim by its id. The same claim twice gives the same outcome.</summary>
    public async Task<IReadOnlyDictionary<Guid, IClaimEvent>> Decide(IReadOnlyList<AcceptedClaim> claims, CancellationToken stopping)
    {
        using var span = HuntTelemetry.StartShared("decide", ActivityKind.Consumer, claims.Select(claim => claim.TraceParent));
        span?.SetTag("claims", claims.Count);
        var treasures = claims.Select(claim => claim.TreasureId).Distinct().ToArray();
        return await persistence.Run(async cancellation =>
        {
            var since = Stopwatch.GetTimestamp();
            await using var held = await locks.Take(treasures, cancellation);
            Stages.Mark("lock", since);
            return await DecideOnce(treasures, claims, cancellation);
        }, stopping);
    }

    private async Task<IReadOnlyDictionary<Guid, IClaimEvent>> DecideOnce(
        string[] treasures, IReadOnlyList<AcceptedClaim> claims, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var read = await log.Look(connection, treasures, claims, HuntOf, cancellation);
        if (Learn(treasures, read))
        {
            // First claims of a treasure: again, now that its hunt is known.
            read = await log.Look(connection, treasures, claims, HuntOf, cancellation);
        }

        since = Stages.Mark("read", since);

        var stands = new Dictionary<string, Stand>();
        foreach (var treasureId in treasures)
        {
            var treasure = read.Treasures.GetValueOrDefault(StreamNames.Treasure(treasureId));
            var hunt = read.Hunts.GetValueOrDefault(StreamNames.Hunt(HuntOf(treasureId)));
            stands[treasureId] = new Stand(treasure, hunt, read.Versions.GetValueOrDefault(StreamNames.Refusals(treasureId)));
        }

        var book = new ClaimBook(stands, read.Slots, read.Earlier);
        var decided = book.Decide(claims, time.GetUtcNow());
        since = Stages.Mark("decide", since);
        if (decided.Count > 0)
        {
            var traces = claims.DistinctBy(claim => claim.ClaimId).ToDictionary(claim => claim.ClaimId, claim => claim.TraceParent);
            await log.Append(connection, read, decided, traces, cancellation);
            await transaction.CommitAsync(cancellation);
            Stages.Mark("append", since);
            pulse.Beat();
            ClaimMetrics.Committed(decided);
        }

        return book.Outcomes;
    }

    private bool Learn(string[] treasures, ClaimLog.Read read)
    {
        var learned = false;
        foreach (var treasureId in treasures)
        {
            learned |= read.Treasures.TryGetValue(StreamNames.Treasure(treasureId), out var treasure) && _huntOf.TryAdd(treasureId, treasure.HuntId);
        }

        return learned;
    }

    private string HuntOf(string treasureId) => _huntOf.GetValueOrDefault(treasureId, "");
}
