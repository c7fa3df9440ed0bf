using System.Collections.Concurrent;
using System.Diagnostics;
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
/// Decides the claims of one treasure that were waiting together: one lock, one read, one transaction. Decides again when
/// somebody else was faster, and waits in place while a server is away: a claim that was accepted is never given up.
/// </summary>
public sealed class TreasureDesk(
    IDocumentStore store, NpgsqlDataSource postgres, Persistence persistence, TreasureLock locks, Pulse pulse, TimeProvider time)
{
    // A treasure never changes its hunt, so this cannot go stale.
    private readonly ConcurrentDictionary<string, string> _huntOf = new();

    /// <summary>The outcome of each claim, in any order. The same claim twice gives the same outcome.</summary>
    public async Task<IReadOnlyCollection<IClaimEvent>> Decide(string treasureId, IReadOnlyList<AcceptedClaim> claims, CancellationToken stopping)
    {
        using var span = HuntTelemetry.StartShared("decide", ActivityKind.Consumer, claims.Select(claim => claim.TraceParent));
        span?.SetTag("treasure", treasureId).SetTag("claims", claims.Count);
        return await persistence.Run(async cancellation =>
        {
            await using var held = await locks.Take(treasureId, cancellation);
            return await DecideOnce(treasureId, claims, cancellation);
        }, stopping);
    }

    private async Task<IReadOnlyCollection<IClaimEvent>> DecideOnce(string treasureId, IReadOnlyList<AcceptedClaim> claims, CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));

        var huntId = await HuntOf(session, treasureId, cancellation);
        var read = session.CreateBatchQuery();
        var treasure = read.Events.FetchForWriting<Treasure>(StreamNames.Treasure(treasureId));
        var refusals = read.Events.FetchStreamState(StreamNames.Refusals(treasureId));
        var hunt = read.Load<Hunt>(StreamNames.Hunt(huntId));
        var earlier = read.AddItem(new EarlierClaims(Schema, claims.Select(claim => claim.ClaimId).ToArray()));
        var slots = read.AddItem(new Slots.Query(Schema, treasureId, huntId, claims.Select(claim => claim.PlayerId).Distinct().ToArray()));
        await read.Execute(cancellation);

        var book = new ClaimBook(
            (await treasure).Aggregate, await hunt, (await refusals)?.Version ?? 0, (await slots).Standings(treasureId, huntId), await earlier);
        var decided = book.Decide(claims, time.GetUtcNow());
        if (decided.Count > 0)
        {
            await (await slots).Take(connection, Schema, decided, (await hunt)?.PlayerLimit is not null, cancellation);
            Append(session, await treasure, (await refusals)?.Version ?? 0, decided, claims);
            await session.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            pulse.Beat();
            ClaimMetrics.Committed(decided);
        }

        return book.Outcomes;
    }

    private string Schema => store.Options.DatabaseSchemaName;

    private static void Append(
        IDocumentSession session, IEventStream<Treasure> treasure, long refusals, IReadOnlyList<IClaimEvent> decided, IReadOnlyList<AcceptedClaim> claims)
    {
        var traces = claims.DistinctBy(claim => claim.ClaimId).ToDictionary(claim => claim.ClaimId, claim => claim.TraceParent);
        var awarded = decided.OfType<TreasureAwarded>().Select(Wrap).ToArray();
        var refused = decided.OfType<ClaimRefused>().Select(Wrap).ToArray();
        if (awarded.Length > 0)
        {
            treasure.AppendMany(awarded);
        }

        if (refused.Length > 0)
        {
            session.Events.Append(StreamNames.Refusals(decided[0].TreasureId), refusals + refused.Length, refused);
        }

        object Wrap(IClaimEvent decision)
        {
            var wrapped = session.Events.BuildEvent(decision);
            wrapped.Id = decision.ClaimId;
            wrapped.CausationId = traces[decision.ClaimId];
            return wrapped;
        }
    }

    private async Task<string> HuntOf(IDocumentSession session, string treasureId, CancellationToken cancellation)
    {
        if (_huntOf.TryGetValue(treasureId, out var known))
        {
            return known;
        }

        var treasure = await session.LoadAsync<Treasure>(StreamNames.Treasure(treasureId), cancellation);
        return treasure is null ? "" : _huntOf.GetOrAdd(treasureId, treasure.HuntId);
    }
}
