using Marten;
using Npgsql;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.EventStore.Clues;

namespace TreasureHunt.Commands.Clues;

/// <summary>
/// Reveals each clue when it is due. Every worker polls. A clue that two workers find is revealed once, because its id is the id of the
/// event. Players see a clue by the clock; the event is for the consumers of events.
/// </summary>
public sealed class CluePoller(
    NpgsqlDataSource postgres, IDocumentStore store, AdminCommandHandler handler, TimeProvider timeProvider, ILogger<CluePoller> logger)
        : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Maximum number of clues revealed in one poll; the next poll reveals the others.</summary>
    private const int MaxBatch = 100;

    private readonly FailedClues _failed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollInterval, timeProvider);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await RevealDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
#pragma warning disable CA1031 // The poller continues while PostgreSQL is unavailable: the clues are still due at the next poll.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.DueCluesNotRead(exception);
            }
        }
    }

    private async Task RevealDueAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var due =
            await UnrevealedClueTable.FindDueAsync(
                postgres, store.Options.DatabaseSchemaName, now, _failed.All, _failed.Waiting(now), MaxBatch, cancellationToken);
        if (due.Count < MaxBatch)
        {
            _failed.RemoveNoLongerDue(due.Select(clue => clue.ClueId), now);
        }

        foreach (var clue in due)
        {
            try
            {
                var response =
                    await handler.HandleAsync(
                        new RevealClue(clue.ClueId, timeProvider.GetUtcNow(), clue.TreasureId) { By = Actor.OfEngine }, cancellationToken);
                if (response.Problem is null)
                {
                    _failed.Remove(clue.ClueId);
                }
                else if (_failed.Add(clue.ClueId, timeProvider.GetUtcNow()))
                {
                    logger.ClueRefused(clue.ClueId, clue.TreasureId, response.Detail);
                }
            }
#pragma warning disable CA1031 // A clue that cannot be recorded does not delay others.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (_failed.Add(clue.ClueId, timeProvider.GetUtcNow()))
                {
                    logger.ClueNotRevealed(exception, clue.ClueId, clue.TreasureId);
                }
            }
        }
    }
}
