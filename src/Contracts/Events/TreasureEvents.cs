namespace TreasureHunt.Contracts.Events;

public sealed record TreasureHidden(
    string TreasureId,
    string HuntId,
    DateTimeOffset At,
    string Name,
    int Stock,
    int PerPlayer,
    ProofHash? Proof,
    IReadOnlyList<Clue> Clues) : ITreasureEvent;

public sealed record ClueAdded(string TreasureId, DateTimeOffset At, Clue Clue) : ITreasureEvent;

/// <summary>The reveal time of a clue has passed and its hunt has opened: the clue is public.</summary>
public sealed record ClueRevealed(string TreasureId, DateTimeOffset At, Clue Clue) : ITreasureEvent;

public sealed record TreasureRestocked(string TreasureId, DateTimeOffset At, int Units) : ITreasureEvent;

public sealed record TreasureWithdrawn(string TreasureId, DateTimeOffset At) : ITreasureEvent;

/// <summary>An award was revoked. Its unit can be won again.</summary>
public sealed record AwardRevoked(
    string TreasureId, string HuntId, DateTimeOffset At, Guid ClaimId, string PlayerId, string Because) : ITreasureEvent;
