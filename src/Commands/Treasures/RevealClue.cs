using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Commands.Treasures;

/// <summary>
/// Reveals a clue whose time has come. Workers send it to themselves; the clue is looked up, so the command cannot bring one.
/// </summary>
/// <param name="CommandId">Id of the clue to come.</param>
public sealed record RevealClue(Guid CommandId, DateTimeOffset At, string TreasureId) : AdminCommand, IAdminCommand;
