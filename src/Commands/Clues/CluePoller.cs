using Marten;
using Npgsql;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.EventStore.Clues;

namespace TreasureHunt.Commands.Clues;

/// <summary>
/// Has each clue revealed when its time has come. Every worker looks; a clue that two of them find is revealed once, because its id is
/// the id of the event. Players see a clue by the clock: this only tells those who read the events.
/// </summary>
public sealed partial class CluePoller(
    NpgsqlDataSource postgres, IDocumentStore store, AdminCommandHandler handler, TimeProvider timeProvider, ILogger<CluePoller> logger)
        : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Clues revealed in one round at the most; the rest follows in the next.</summary>
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
#pragma warning disable CA1031 // A store that is away is no reason to end: the clues are still due in the next round.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogNotRead(exception);
            }
        }
    }

    private async Task RevealDueAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var due =
            await DueClues.DueAsync(
                postgres, store.Options.DatabaseSchemaName, now, _failed.All, _failed.Pausing(now), MaxBatch, cancellationToken);
        if (due.Count < MaxBatch)
        {
            _failed.KeepOnly(due.Select(clue => clue.ClueId), now);
        }

        foreach (var clue in due)
        {
            try
            {
                var answer =
                    await handler.HandleAsync(
                        new RevealClue(clue.ClueId, timeProvider.GetUtcNow(), clue.TreasureId) { By = Actor.OfEngine }, cancellationToken);
                if (answer.Problem is null)
                {
                    _failed.Remove(clue.ClueId);
                }
                else if (_failed.Add(clue.ClueId, timeProvider.GetUtcNow()))
                {
                    LogRefused(clue.ClueId, clue.TreasureId, answer.Detail);
                }
            }
#pragma warning disable CA1031 // One clue that cannot be recorded holds up no other.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (_failed.Add(clue.ClueId, timeProvider.GetUtcNow()))
                {
                    LogNotRevealed(exception, clue.ClueId, clue.TreasureId);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Due clues could not be read; they are read again in a second")]
    private partial void LogNotRead(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clue {Clue} of the treasure {Treasure} could not be revealed; it is tried again, every 30 seconds in the end")]
    private partial void LogNotRevealed(Exception exception, Guid clue, string treasure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clue {Clue} of the treasure {Treasure} is not revealed: {Why} It is tried again, every 30 seconds in the end")]
    private partial void LogRefused(Guid clue, string treasure, string? why);
}
