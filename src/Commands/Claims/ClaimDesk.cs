using System.Collections.Concurrent;
using System.Diagnostics;
using JasperFx;
using JasperFx.Events;
using Marten;
using Npgsql;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Telemetry;
using SessionOptions = Marten.Services.SessionOptions;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// Decides claims that were waiting together: a lock for each treasure, one read, one transaction. Decides again when
/// somebody else was faster, and waits in place while a server is away: a claim that was accepted is never given up.
/// </summary>
public sealed class ClaimDesk(
    IDocumentStore store, NpgsqlDataSource postgres, Persistence persistence, TreasureLock locks, Pulse pulse, TimeProvider time)
{
    // A treasure never changes its hunt, so this cannot go stale.
    private readonly ConcurrentDictionary<string, string> _huntOf = new();

    private string Schema => store.Options.DatabaseSchemaName;

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
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        await LearnHunts(session, treasures, cancellation);

        var read = session.CreateBatchQuery();
        var pages = treasures.Select(treasureId => new Page(
            treasureId,
            read.Events.FetchForWriting<Treasure>(StreamNames.Treasure(treasureId)),
            read.Events.FetchStreamState(StreamNames.Refusals(treasureId)))).ToList();
        var hunts = treasures.Select(HuntOf).Distinct().ToDictionary(huntId => huntId, huntId => read.Load<Hunt>(StreamNames.Hunt(huntId)));
        var earlier = read.AddItem(new EarlierClaims(Schema, claims.Select(claim => claim.ClaimId).ToArray()));
        var slots = read.AddItem(new SlotTable.Query(Schema, claims, HuntOf));
        await read.Execute(cancellation);
        since = Stages.Mark("read", since);

        var stands = new Dictionary<string, Stand>();
        foreach (var page in pages)
        {
            var treasure = (await page.Treasure).Aggregate;
            if (treasure is not null && _huntOf.TryAdd(page.TreasureId, treasure.HuntId))
            {
                // It was hidden between the two reads: read again, now that its hunt is known.
                return await DecideOnce(treasures, claims, cancellation);
            }

            stands[page.TreasureId] = new Stand(treasure, await hunts[HuntOf(page.TreasureId)], (await page.Refusals)?.Version ?? 0);
        }

        var book = new ClaimBook(stands, await slots, await earlier);
        var decided = book.Decide(claims, time.GetUtcNow());
        since = Stages.Mark("decide", since);
        if (decided.Count > 0)
        {
            await Fence(connection, pages, cancellation);
            await SlotTable.Insert(connection, Schema, (await slots).New, cancellation);
            await Append(session, pages, decided, claims);
            await session.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            Stages.Mark("append", since);
            pulse.Beat();
            ClaimMetrics.Committed(decided);
        }

        return book.Outcomes;
    }

    // A treasure's awards and refusals go to different streams, whose versions know nothing of each other, and yet share one
    // line of positions: the treasures are held, in one order, to the end of the transaction, and all streams must be as they were read.
    private async Task Fence(NpgsqlConnection connection, List<Page> pages, CancellationToken cancellation)
    {
        var versions = 0L;
        foreach (var page in pages)
        {
            versions += ((await page.Treasure).StartingVersion ?? 0) + ((await page.Refusals)?.Version ?? 0);
        }

        var treasures = pages.ConvertAll(page => StreamNames.Treasure(page.TreasureId));
        var refusals = pages.ConvertAll(page => StreamNames.Refusals(page.TreasureId));
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select from {Schema}.mt_streams where id = any($1) order by id for update") { Parameters = { new() { Value = treasures } } },
                // A statement of its own: it sees what was recorded while the first one waited.
                new($"select coalesce(sum(version), 0)::bigint from {Schema}.mt_streams where id = any($1)") { Parameters = { new() { Value = treasures.Concat(refusals).ToList() } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        if (reader.GetInt64(0) != versions)
        {
            throw new ConcurrencyException("Somebody else decided claims of the same treasures.", null);
        }
    }

    private static async Task Append(IDocumentSession session, List<Page> pages, IReadOnlyList<IClaimEvent> decided, IReadOnlyList<AcceptedClaim> claims)
    {
        var traces = claims.DistinctBy(claim => claim.ClaimId).ToDictionary(claim => claim.ClaimId, claim => claim.TraceParent);
        var decisions = decided.ToLookup(decision => decision.TreasureId);
        foreach (var page in pages)
        {
            var awards = decisions[page.TreasureId].OfType<TreasureAwarded>().Select(Wrap).ToArray();
            var refusals = decisions[page.TreasureId].OfType<ClaimRefused>().Select(Wrap).ToArray();
            if (awards.Length > 0)
            {
                (await page.Treasure).AppendMany(awards);
            }

            if (refusals.Length > 0)
            {
                var after = (await page.Refusals)?.Version ?? 0;
                session.Events.Append(StreamNames.Refusals(page.TreasureId), after + refusals.Length, refusals);
            }
        }

        object Wrap(IClaimEvent decision)
        {
            var wrapped = session.Events.BuildEvent(decision);
            wrapped.Id = decision.ClaimId;
            wrapped.CausationId = traces[decision.ClaimId];
            return wrapped;
        }
    }

    private string HuntOf(string treasureId) => _huntOf.GetValueOrDefault(treasureId, "");

    private async Task LearnHunts(IDocumentSession session, string[] treasures, CancellationToken cancellation)
    {
        var unknown = treasures.Where(treasureId => !_huntOf.ContainsKey(treasureId)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var found = (await session.LoadManyAsync<Treasure>(cancellation, unknown.Select(StreamNames.Treasure))).ToDictionary(treasure => treasure.Id);
        foreach (var treasureId in unknown)
        {
            if (found.TryGetValue(StreamNames.Treasure(treasureId), out var treasure))
            {
                _huntOf[treasureId] = treasure.HuntId;
            }
        }
    }

    /// <summary>What is read of one treasure, and later written at the versions that were read.</summary>
    private sealed record Page(string TreasureId, Task<IEventStream<Treasure>> Treasure, Task<StreamState> Refusals);
}
