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
/// Handles administrators' commands: loads, decides, and appends at the version that was loaded. A repeated command gets its first answer.
/// </summary>
public sealed class AdminCommandHandler(IDocumentStore store, CommitRetryPolicy retries, TreasureLock locks, CommitNotifier notifier)
{
    /// <summary>The reservation of an award, by its scopes, its player and its claim; it exists until the award is revoked.</summary>
    private string AwardReservation => $"{store.Options.DatabaseSchemaName}.slots where scope = any(?) and player_id = ? and claim_id = ?";

    public Task<CommandResponse> HandleAsync(DraftHunt command, CancellationToken cancellationToken) =>
        OnHuntAsync(command.HuntId, command, cancellationToken);

    public Task<CommandResponse> HandleAsync(ChangeHunt command, CancellationToken cancellationToken) =>
        OnHuntAsync(command.HuntId, command, cancellationToken);

    public Task<CommandResponse> HandleAsync(HideTreasure command, CancellationToken cancellationToken) => OnTreasureAsync(
        command.TreasureId,
        command,
        async (session, treasure) =>
        {
            var decision = Treasure.Hide(
                treasure, await session.LoadAsync<Hunt>(StreamNames.Hunt(command.HuntId), cancellationToken), command);
            return decision.Event is null
                || await HuntSizes.TryAddAsync(session, store.Options.DatabaseSchemaName, command.HuntId, cancellationToken)
                ? decision
                : Decision.Refuse(ProblemNames.LimitReached, $"A hunt has at most {AdminCommandRules.MaxTreasures} treasures.");
        },
        cancellationToken);

    public Task<CommandResponse> HandleAsync(RevealClue command, CancellationToken cancellationToken) => OnTreasureAsync(
        command.TreasureId,
        command,
        async (session, treasure) => Treasure.Reveal(
            treasure,
            treasure is null ? null : await session.LoadAsync<Hunt>(StreamNames.Hunt(treasure.HuntId), cancellationToken),
            await DueClues.FindAsync(session, command.CommandId, cancellationToken),
            command.TreasureId,
            command.At),
        cancellationToken);

    /// <summary>Any other command to a treasure.</summary>
    public Task<CommandResponse> HandleAsync(
        string treasureId, IAdminCommand command, CancellationToken cancellationToken) => OnTreasureAsync(
        treasureId,
        command,
        async (session, treasure) =>
        {
            if (command is AddClue && treasure is { Clues: null })
            {
                treasure = treasure with { Clues = await CountCluesAsync(session, treasureId, cancellationToken) };
            }

            return Treasure.Decide(treasure, await StandingAwardAsync(session, treasureId, command, cancellationToken), command);
        },
        cancellationToken);

    private Task<CommandResponse> OnHuntAsync(
        string huntId, IAdminCommand command, CancellationToken cancellationToken) => retries.ExecuteAsync(
        (attempt, cancellation) =>
            RecordAsync<Hunt>(
                huntId, StreamNames.Hunt(huntId), command, (_, hunt) => Task.FromResult(Hunt.Decide(hunt, command)), attempt, cancellation),
        cancellationToken);

    private Task<CommandResponse> OnTreasureAsync(
        string treasureId, IAdminCommand command, Func<IDocumentSession, Treasure?, Task<Decision>> decide,
        CancellationToken cancellationToken) => retries.ExecuteAsync(
        async (attempt, cancellation) =>
        {
            await using var held = await locks.TakeAsync([treasureId], cancellation);
            return await RecordAsync(treasureId, StreamNames.Treasure(treasureId), command, decide, attempt, cancellation);
        },
        cancellationToken);

    private async Task<CommandResponse> RecordAsync<T>(
        string id, string streamName, IAdminCommand command, Func<IDocumentSession, T?, Task<Decision>> decide, CommitAttempt attempt,
        CancellationToken cancellationToken)
        where T : class
    {
        await using var session = store.LightweightSession();
        var read = session.CreateBatchQuery();
        var earlier = read.Events.Load(command.CommandId);
        var stream = read.Events.FetchForWriting<T>(streamName);
        await read.Execute(cancellationToken);
        if (await earlier is { } repeated)
        {
            return RepeatedCommand.Answer(id, command, repeated.Data, repeated.Sequence);
        }

        attempt.ObservedState = (await stream).CurrentVersion ?? 0;
        var decision = await decide(session, (await stream).Aggregate);
        if (decision.Event is not { } decided)
        {
            return new CommandResponse(id, 0, decision.Problem, decision.Detail);
        }

        var @event = session.Events.BuildEvent(decided);
        @event.Id = command.CommandId;
        @event.SetHeader(Actor.Header, command.By is { } by && by.IsWellFormed() ? by : Actor.Unnamed);
        (await stream).AppendOne(@event);
        DueClues.Follow(session, @event.Id, decided, (await stream).Aggregate);
        if (decided is AwardRevoked revoked)
        {
            session.QueueSqlCommand(
                $"delete from {AwardReservation}", QuotaReservations.OfAward(revoked.TreasureId, revoked.HuntId), revoked.PlayerId,
                revoked.ClaimId);
        }

        await session.SaveChangesAsync(cancellationToken);
        notifier.Notify();
        return new CommandResponse(id, @event.Sequence);
    }

    // Only for a treasure whose snapshot was written by a build that did not count them.
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

    private async Task<TreasureAwarded?> StandingAwardAsync(
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
            $"select count(*) from {AwardReservation}", cancellationToken, QuotaReservations.OfAward(award.TreasureId, award.HuntId),
            award.PlayerId, award.ClaimId);
        return reservations[0] > 0 ? award : null;
    }
}
