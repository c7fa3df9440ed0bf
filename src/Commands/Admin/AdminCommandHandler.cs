using JasperFx.Events;
using Marten;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.EventStore.Clues;
using TreasureHunt.EventStore.Hunts;

namespace TreasureHunt.Commands.Admin;

/// <summary>
/// Handles administrative commands: loads, decides, and appends at the version that was loaded. A repeated command gets its first response.
/// </summary>
public sealed class AdminCommandHandler(IDocumentStore store, CommitRetryPolicy retries, TreasureLock locks, CommitNotifier notifier)
{
    /// <summary>SQL that selects the reservation of an award by scopes, player and claim. It exists until the award is revoked.</summary>
    private string AwardReservationSql =>
        $"{store.Options.DatabaseSchemaName}.slots where scope = any(?) and player_id = ? and claim_id = ?";

    public Task<CommandResponse> HandleAsync(DraftHunt command, CancellationToken cancellationToken) =>
        HandleHuntCommandAsync(command.HuntId, command, cancellationToken);

    public Task<CommandResponse> HandleAsync(ChangeHunt command, CancellationToken cancellationToken) =>
        HandleHuntCommandAsync(command.HuntId, command, cancellationToken);

    public Task<CommandResponse> HandleAsync(HideTreasure command, CancellationToken cancellationToken) => HandleTreasureCommandAsync(
        command.TreasureId,
        command,
        async (session, treasure) =>
        {
            var decision = Treasure.DecideHide(
                treasure, await session.LoadAsync<Hunt>(StreamNames.Hunt(command.HuntId), cancellationToken), command);
            return decision.Event is null
                || await HuntSizeTable.TryAddTreasureAsync(session, store.Options.DatabaseSchemaName, command.HuntId, cancellationToken)
                ? decision
                : CommandDecision.Refuse(ProblemNames.LimitReached, $"A hunt has at most {AdminCommandRules.MaxTreasures} treasures.");
        },
        cancellationToken);

    public Task<CommandResponse> HandleAsync(RevealClue command, CancellationToken cancellationToken) => HandleTreasureCommandAsync(
        command.TreasureId,
        command,
        async (session, treasure) => Treasure.DecideReveal(
            treasure,
            treasure is null ? null : await session.LoadAsync<Hunt>(StreamNames.Hunt(treasure.HuntId), cancellationToken),
            await UnrevealedClueTable.FindAsync(session, command.CommandId, cancellationToken),
            command.TreasureId,
            command.At),
        cancellationToken);

    /// <summary>Handles any other command to a treasure.</summary>
    public Task<CommandResponse> HandleAsync(
        string treasureId, IAdminCommand command, CancellationToken cancellationToken) => HandleTreasureCommandAsync(
        treasureId,
        command,
        async (session, treasure) =>
        {
            if (command is AddClue && treasure is { Clues: null })
            {
                treasure = treasure with { Clues = await CountCluesAsync(session, treasureId, cancellationToken) };
            }

            return Treasure.Decide(treasure, await FindUnrevokedAwardAsync(session, treasureId, command, cancellationToken), command);
        },
        cancellationToken);

    private Task<CommandResponse> HandleHuntCommandAsync(
        string huntId, IAdminCommand command, CancellationToken cancellationToken) => retries.ExecuteAsync(
        (attempt, cancellation) =>
            RecordAsync<Hunt>(
                huntId, StreamNames.Hunt(huntId), command, (_, hunt) => Task.FromResult(Hunt.Decide(hunt, command)), attempt, cancellation),
        cancellationToken);

    private Task<CommandResponse> HandleTreasureCommandAsync(
        string treasureId, IAdminCommand command, Func<IDocumentSession, Treasure?, Task<CommandDecision>> decide,
        CancellationToken cancellationToken) => retries.ExecuteAsync(
        async (attempt, cancellation) =>
        {
            await using var lease = await locks.TakeAsync([treasureId], cancellation);
            return await RecordAsync(treasureId, StreamNames.Treasure(treasureId), command, decide, attempt, cancellation);
        },
        cancellationToken);

    private async Task<CommandResponse> RecordAsync<T>(
        string id, string streamName, IAdminCommand command, Func<IDocumentSession, T?, Task<CommandDecision>> decide,
        CommitAttempt attempt,
        CancellationToken cancellationToken)
        where T : class
    {
        await using var session = store.LightweightSession();
        var query = session.CreateBatchQuery();
        var earlier = query.Events.Load(command.CommandId);
        var stream = query.Events.FetchForWriting<T>(streamName);
        await query.Execute(cancellationToken);
        if (await earlier is { } recorded)
        {
            return RepeatedCommand.CreateResponse(id, command, recorded.Data, recorded.Sequence);
        }

        attempt.ObservedState = (await stream).CurrentVersion ?? 0;
        var decision = await decide(session, (await stream).Aggregate);
        if (decision.Event is not { } data)
        {
            return new CommandResponse(id, 0, decision.Problem, decision.Detail);
        }

        var @event = session.Events.BuildEvent(data);
        @event.Id = command.CommandId;
        @event.SetHeader(Actor.Header, command.By is { } actor && actor.IsWellFormed() ? actor : Actor.Unnamed);
        (await stream).AppendOne(@event);
        UnrevealedClueTable.QueueChanges(session, @event.Id, data, (await stream).Aggregate);
        if (data is AwardRevoked revoked)
        {
            session.QueueSqlCommand(
                $"delete from {AwardReservationSql}", ReservationScopes.OfAward(revoked.TreasureId, revoked.HuntId), revoked.PlayerId,
                revoked.ClaimId);
        }

        await session.SaveChangesAsync(cancellationToken);
        notifier.Notify();
        return new CommandResponse(id, @event.Sequence);
    }

    // Only for a treasure whose snapshot an older build wrote, without the number of clues.
    private async Task<int> CountCluesAsync(IDocumentSession session, string treasureId, CancellationToken cancellationToken)
    {
        var counted = await session.QueryAsync<int>(
            $"""
             select coalesce(sum(case type when ? then 1 else jsonb_array_length(data -> 'clues') end), 0)::int
             from {store.Options.DatabaseSchemaName}.mt_events where stream_id = ? and type in (?, ?)
             """,
            cancellationToken,
            EventNames.All[typeof(ClueAdded)],
            StreamNames.Treasure(treasureId),
            EventNames.All[typeof(ClueAdded)],
            EventNames.All[typeof(TreasureHidden)]);
        return counted[0];
    }

    private async Task<TreasureAwarded?> FindUnrevokedAwardAsync(
        IDocumentSession session, string treasureId, IAdminCommand command, CancellationToken cancellationToken)
    {
        if (command is not RevokeAward revoke)
        {
            return null;
        }

        if ((await session.Events.LoadAsync(revoke.ClaimId, cancellationToken))?.Data is not TreasureAwarded award
            || award.TreasureId != treasureId)
        {
            return null;
        }

        var reservations = await session.QueryAsync<long>(
            $"select count(*) from {AwardReservationSql}", cancellationToken, ReservationScopes.OfAward(award.TreasureId, award.HuntId),
            award.PlayerId, award.ClaimId);
        return reservations[0] > 0 ? award : null;
    }
}
