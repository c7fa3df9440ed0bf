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
/// A conflict and a transient failure are retried inside (see <see cref="CommitRetryPolicy"/>): an accepted claim is never given up. When
/// the batch cannot be committed for another reason it is bisected until the claims at fault are alone; the others are decided in their
/// order.
/// </remarks>
public sealed partial class ClaimBatchHandler(
    ClaimEventStore events, NpgsqlDataSource postgres, CommitRetryPolicy retries, TreasureLock locks, CommitNotifier notifier,
    UnrecordedRefusals unrecorded, TimeProvider timeProvider, ILogger<ClaimBatchHandler> logger)
{
    /// <summary>Pause before a claim is tried again while no claim at all can be decided.</summary>
    private static readonly TimeSpan SystemFaultPause = TimeSpan.FromSeconds(2);

    // A treasure never changes its hunt, so this cannot go stale.
    private readonly ConcurrentDictionary<string, string> _huntOf = new();
    private readonly RecordedRefusals _refusals = new();

    /// <summary>Decides the claims. The same claim twice gives the same outcome.</summary>
    public async Task<DecidedBatch> HandleAsync(IReadOnlyList<AcceptedClaim> claims, CancellationToken cancellationToken)
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
                LogIsolated(exception, claim.ClaimId, claim.TreasureId);
                failed[claim.ClaimId] = exception;
            });
        unrecorded.Tell(outcomes.Values);
        return new DecidedBatch(outcomes, failed);
    }

    private Task<IReadOnlyDictionary<Guid, IClaimEvent>> DecideTogetherAsync(
        IReadOnlyList<AcceptedClaim> claims, int unknownRetries, CancellationToken cancellationToken)
    {
        var treasures = claims.Select(claim => claim.TreasureId).Distinct().ToArray();
        return retries.ExecuteAsync(
            async (attempt, cancellation) =>
            {
                var since = Stopwatch.GetTimestamp();
                await using var held = await locks.TakeAsync(treasures, cancellation);
                Stages.Mark("lock", since);
                return await DecideOnceAsync(treasures, claims, attempt, cancellation);
            },
            cancellationToken,
            unknownRetries);
    }

    // A claim is only isolated while another claim could be decided. Otherwise the fault lies with the database or with this build, every
    // claim would be isolated in turn, and the claim waits as it does while a server is away.
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

                LogSystemFault(exception);
            }

            await Task.Delay(SystemFaultPause, timeProvider, cancellationToken);
        }
    }

    /// <summary>Decides a made-up claim of a treasure that does not exist, writes its refusal, and rolls the transaction back.</summary>
    private async Task<bool> CanDecideAsync(CancellationToken cancellationToken)
    {
        try
        {
            var treasureId = Ids.FreshSlug();
            // A player of its own, too: refusals of one who had many would not be written.
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
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var loaded = await events.LoadAsync(connection, treasures, claims, HuntOf, cancellationToken);
        if (RememberHunts(treasures, loaded))
        {
            // First claims of a treasure: again, now that its hunt is known.
            loaded = await events.LoadAsync(connection, treasures, claims, HuntOf, cancellationToken);
        }

        attempt.ObservedState = loaded.State;
        since = Stages.Mark("read", since);

        var states = new Dictionary<string, TreasureDecisionState>();
        foreach (var treasureId in treasures)
        {
            var treasure = loaded.Treasures.GetValueOrDefault(StreamNames.Treasure(treasureId));
            var hunt = loaded.Hunts.GetValueOrDefault(StreamNames.Hunt(HuntOf(treasureId)));
            states[treasureId] = new TreasureDecisionState(
                treasure, hunt, loaded.Versions.GetValueOrDefault(StreamNames.Refusals(treasureId)));
        }

        var batch = new ClaimBatch(states, loaded.Reservations, loaded.Earlier, _refusals.Of);
        var decided = batch.Decide(claims, timeProvider.GetUtcNow());
        since = Stages.Mark("decide", since);
        if (decided.Count > 0)
        {
            var traces = claims.DistinctBy(claim => claim.ClaimId).ToDictionary(claim => claim.ClaimId, claim => claim.TraceParent);
            await events.AppendAsync(connection, loaded, decided, traces, cancellationToken);
            if (rollback)
            {
                await transaction.RollbackAsync(cancellationToken);
                return batch.Outcomes;
            }

            await transaction.CommitAsync(cancellationToken);
            Stages.Mark("append", since);
            notifier.Notify();
            _refusals.Add(decided);
            ClaimMetrics.Committed(decided);
        }

        return batch.Outcomes;
    }

    private bool RememberHunts(string[] treasures, ClaimEventStore.ClaimBatchState loaded)
    {
        var isFirst = false;
        foreach (var treasureId in treasures)
        {
            isFirst |= loaded.Treasures.TryGetValue(StreamNames.Treasure(treasureId), out var treasure)
                && _huntOf.TryAdd(treasureId, treasure.HuntId);
        }

        return isFirst;
    }

    private string HuntOf(string treasureId) => _huntOf.GetValueOrDefault(treasureId, "");

    [LoggerMessage(Level = LogLevel.Error, Message = "Claim {ClaimId} of treasure {TreasureId} cannot be decided; it goes to the dead-letter queue")]
    private partial void LogIsolated(Exception exception, Guid claimId, string treasureId);

    [LoggerMessage(Level = LogLevel.Critical, Message = "No claim can be decided: the database or this build is at fault. The shard waits and tries again")]
    private partial void LogSystemFault(Exception exception);
}
