namespace TreasureHunt.Contracts.Commands;

public sealed record HideTreasure(
    Guid CommandId,
    DateTimeOffset At,
    string TreasureId,
    string HuntId,
    string Name,
    int Stock,
    int PerPlayer,
    ProofHash? Proof,
    IReadOnlyList<Clue> Clues) : AdminCommand, IAdminCommand;

public sealed record AddClue(Guid CommandId, DateTimeOffset At, string TreasureId, Clue Clue) : AdminCommand, IAdminCommand;

public sealed record RestockTreasure(Guid CommandId, DateTimeOffset At, string TreasureId, int Units) : AdminCommand, IAdminCommand;

public sealed record WithdrawTreasure(Guid CommandId, DateTimeOffset At, string TreasureId) : AdminCommand, IAdminCommand;

public sealed record RevokeAward(
    Guid CommandId, DateTimeOffset At, string TreasureId, Guid ClaimId, string Because) : AdminCommand, IAdminCommand;
