using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Commands.Claims.Batching;

/// <summary>Decides a batch of claims in one transaction, under one lock per treasure.</summary>
/// <remarks>
/// A conflict and a transient failure are retried without limit (see <see cref="CommitRetryPolicy"/>), because an accepted claim must get
/// an outcome. When the batch cannot be committed for another reason, it is bisected until the claims at fault are alone. The others are
/// decided in their order.
/// </remarks>
public sealed class ClaimBatchHandler(
    ClaimEventStore events, NpgsqlDataSource postgres, CommitRetryPolicy retries, TreasureLock locks, CommitNotifier notifier,
    UnrecordedRefusalStore unrecorded, TimeProvider timeProvider, ILogger<ClaimBatchHandler> logger)
{
    /// <summary>Pause before a retry while no claim can be decided.</summary>
    private static readonly TimeSpan SystemFaultPause = TimeSpan.FromSeconds(2);

    // A treasure never changes its hunt, so this cannot go stale.
    private readonly ConcurrentDictionary<string, string> _huntIds = new();
    private readonly RefusalCounter _refusals = new();

    /// <summary>Decides the claims. The same claim twice gives the same outcome.</summary>
    public async Task<ClaimBatchResult> HandleAsync(IReadOnlyList<AcceptedClaim> claims, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared("decide", ActivityKind.Consumer, claims.Select(claim => claim.TraceParent));
        span?.SetTag("claims", claims.Count);
        var (outcomes, failed) = (new Dictionary<Guid, IClaimEvent>(), new Dictionary<Guid, Exception>());
        await Bisection.RunAsync(
            claims,
            async part =>
            {
                foreach (var (claimId, outcome) in part.Count == 1
                    ? await DecideAloneAsync(part, cancellationToken) : await DecideTogetherAsync(part, 0, cancellationToken))
                {
                    outcomes[claimId] = outcome;
                }
            },
            (claim, exception) =>
            {
                logger.ClaimIsolated(exception, claim.ClaimId, claim.TreasureId);
                failed[claim.ClaimId] = exception;
            });
        unrecorded.Store(outcomes.Values);
        return new ClaimBatchResult(outcomes, failed);
    }

    private Task<IReadOnlyDictionary<Guid, IClaimEvent>> DecideTogetherAsync(
        IReadOnlyList<AcceptedClaim> claims, int unknownRetries, CancellationToken cancellationToken)
    {
        var treasures = claims.Select(claim => claim.TreasureId).Distinct().ToArray();
        return retries.ExecuteAsync(
            async (attempt, cancellation) =>
            {
                var since = Stopwatch.GetTimestamp();
                await using var leases = await locks.TakeAsync(treasures, cancellation);
                StageDurations.Mark("lock", since);
                return await DecideOnceAsync(treasures, claims, attempt, cancellation);
            },
            cancellationToken,
            unknownRetries);
    }

    // A claim is isolated only if another claim can be decided. Otherwise the database or this build is at fault, and every claim would be
    // isolated in turn. The claim then waits, as it does while a server is unavailable.
    private async Task<IReadOnlyDictionary<Guid, IClaimEvent>> DecideAloneAsync(
        IReadOnlyList<AcceptedClaim> claim, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await DecideTogetherAsync(claim, CommitRetryPolicy.UnknownRetries, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (await CanDecideAsync(cancellationToken))
                {
                    throw;
                }

                logger.NoClaimDecidable(exception);
            }

            await Task.Delay(SystemFaultPause, timeProvider, cancellationToken);
        }
    }

    /// <summary>Decides a test claim of a treasure that does not exist, writes its refusal, and rolls the transaction back.</summary>
    private async Task<bool> CanDecideAsync(CancellationToken cancellationToken)
    {
        try
        {
            var treasureId = Ids.FreshSlug();
            // With a new player id, because refusals of a player with many are not written.
            var claim = new AcceptedClaim(Ids.Fresh(), treasureId, Ids.FreshSlug(), null, timeProvider.GetUtcNow());
            await retries.ExecuteAsync(
                (attempt, cancellation) => DecideOnceAsync([treasureId], [claim], attempt, cancellation, rollback: true),
                cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyDictionary<Guid, IClaimEvent>> DecideOnceAsync(
        string[] treasures, IReadOnlyList<AcceptedClaim> claims, CommitAttempt attempt, CancellationToken cancellationToken,
        bool rollback = false)
    {
        var since = Stopwatch.GetTimestamp();
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        var loaded = await events.LoadAsync(connection, treasures, claims, HuntIdOf, cancellationToken);
        if (AddHuntIds(treasures, loaded))
        {
            // The first claims of a treasure: load again, because its hunt is known now.
            loaded = await events.LoadAsync(connection, treasures, claims, HuntIdOf, cancellationToken);
        }

        attempt.ObservedState = loaded.ObservedState;
        since = StageDurations.Mark("read", since);

        var states = new Dictionary<string, TreasureDecisionState>();
        foreach (var treasureId in treasures)
        {
            var treasure = loaded.Treasures.GetValueOrDefault(StreamNames.Treasure(treasureId));
            var hunt = loaded.Hunts.GetValueOrDefault(StreamNames.Hunt(HuntIdOf(treasureId)));
            states[treasureId] = new TreasureDecisionState(
                treasure, hunt, loaded.Versions.GetValueOrDefault(StreamNames.Refusals(treasureId)));
        }

        var batch = new ClaimBatch(states, loaded.Reservations, loaded.AlreadyDecided, _refusals.CountOf);
        var decided = batch.Decide(claims, timeProvider.GetUtcNow());
        since = StageDurations.Mark("decide", since);
        if (decided.Count > 0)
        {
            var traceParents = claims.DistinctBy(claim => claim.ClaimId).ToDictionary(claim => claim.ClaimId, claim => claim.TraceParent);
            // Only to roll it back: without it, the append is a transaction of its own.
            await using var transaction = rollback ? await connection.BeginTransactionAsync(cancellationToken) : null;
            await events.AppendAsync(connection, loaded, decided, batch.States, traceParents, cancellationToken);
            if (rollback)
            {
                return batch.Outcomes;
            }

            StageDurations.Mark("append", since);
            notifier.Notify();
            _refusals.Add(decided);
            ClaimMetrics.Committed(decided);
        }

        return batch.Outcomes;
    }

    private bool AddHuntIds(string[] treasures, ClaimBatchState loaded)
    {
        var isFirst = false;
        foreach (var treasureId in treasures)
        {
            isFirst |= loaded.Treasures.TryGetValue(StreamNames.Treasure(treasureId), out var treasure)
                && _huntIds.TryAdd(treasureId, treasure.HuntId);
        }

        return isFirst;
    }

    private string HuntIdOf(string treasureId) => _huntIds.GetValueOrDefault(treasureId, "");
}
