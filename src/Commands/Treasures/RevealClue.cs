using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Commands.Treasures;

/// <summary>
/// Reveals a clue whose reveal time has passed. Only workers create it. It names the clue, which is read from the database.
/// </summary>
/// <param name="CommandId">Id of the unrevealed clue.</param>
public sealed record RevealClue(Guid CommandId, DateTimeOffset At, string TreasureId) : AdminCommand, IAdminCommand;
