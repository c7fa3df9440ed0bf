using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;

namespace TreasureHunt.Domain.Treasures;

/// <summary>
/// What a treasure's stream amounts to, as far as decisions need it. Who won is not in here: it stays small however large the stock.
/// </summary>
/// <param name="Awards">Awards ever given, revoked ones included.</param>
/// <param name="Awarded">Awards that stand.</param>
/// <param name="LastAward">The latest award, by which losers learn how late they were.</param>
/// <param name="Clues">Clues so far. Null in a snapshot of a build that did not count them: they are then counted in the stream.</param>
public sealed record Treasure(
    string Id,
    string HuntId,
    int Stock,
    int Awarded,
    long Awards,
    int PerPlayer,
    ProofHash? Proof,
    bool Withdrawn,
    LastAward? LastAward,
    int? Clues = null)
{
    /// <summary>Units that can still be won.</summary>
    public int Remaining => Stock - Awarded;

    /// <summary>The state after one more event.</summary>
    internal static Treasure? Evolve(Treasure? treasure, object @event) => (treasure, @event) switch
    {
        (null, TreasureHidden e) =>
            new Treasure(StreamNames.Treasure(e.TreasureId), e.HuntId, e.Stock, 0, 0, e.PerPlayer, e.Proof, false, null, e.Clues.Count),
        (not null, TreasureAwarded e) => treasure with
        {
            Awarded = treasure.Awarded + 1,
            Awards = treasure.Awards + 1,
            LastAward = new LastAward(e.Position, e.AcceptedAt),
        },
        (not null, ClueAdded) => treasure with { Clues = treasure.Clues + 1 },
        (not null, AwardRevoked) => treasure with { Awarded = treasure.Awarded - 1 },
        (not null, TreasureRestocked e) => treasure with { Stock = treasure.Stock + e.Units },
        (not null, TreasureWithdrawn) => treasure with { Withdrawn = true },
        _ => treasure,
    };

    /// <summary>What comes of a command that hides a new treasure in a hunt.</summary>
    public static Decision Hide(Treasure? treasure, Hunt? hunt, HideTreasure c) => (treasure, hunt?.Window.PhaseAt(c.At)) switch
    {
        (not null, _) => Decision.Refuse(ProblemNames.AlreadyExists, $"There is a treasure {c.TreasureId} already."),
        (_, null) => Decision.Refuse(ProblemNames.HuntNotFound, $"There is no hunt {c.HuntId}."),
        (_, HuntPhase.Closed or HuntPhase.Cancelled) => Decision.Refuse(ProblemNames.NotAllowedNow, "The hunt is over."),
        _ => Decision.Record(new TreasureHidden(c.TreasureId, c.HuntId, c.At, c.Name, c.Stock, c.PerPlayer, c.Proof, c.Clues)),
    };

    /// <summary>
    /// What comes of a command that reveals a clue. Players see the clues of a withdrawn treasure, so these are revealed as well.
    /// </summary>
    /// <param name="coming">The clue that the command names, while it is to come.</param>
    public static Decision Reveal(
        Treasure? treasure, Hunt? hunt, Clue? coming, string treasureId, DateTimeOffset at) => (treasure, coming) switch
        {
            (null, _) => Decision.Refuse(ProblemNames.TreasureNotFound, "There is no such treasure."),
            (_, null) => Decision.Refuse(ProblemNames.NotAllowedNow, "There is no such clue to come."),
            _ when at < coming.RevealAt || hunt?.Window.HasOpenedAt(at) is not true =>
                Decision.Refuse(ProblemNames.NotAllowedNow, "The clue is not due."),
            _ => Decision.Record(new ClueRevealed(treasureId, at, coming)),
        };

    /// <summary>What comes of a command to a treasure.</summary>
    /// <param name="standing">The award that a revocation names, while it stands.</param>
    public static Decision Decide(Treasure? treasure, TreasureAwarded? standing, IAdminCommand command) => (treasure, command) switch
    {
        (null, _) => Decision.Refuse(ProblemNames.TreasureNotFound, "There is no such treasure."),
        (_, RevokeAward c) when standing is null =>
            Decision.Refuse(ProblemNames.NotAllowedNow, $"Claim {c.ClaimId} has no award of this treasure that stands."),
        (_, RevokeAward c) =>
            Decision.Record(new AwardRevoked(c.TreasureId, treasure.HuntId, c.At, c.ClaimId, standing.PlayerId, c.Because)),
        ({ Withdrawn: true }, _) => Decision.Refuse(ProblemNames.NotAllowedNow, "The treasure is withdrawn."),
        (_, AddClue) when treasure.Clues >= AdminCommandRules.MaxClues =>
            Decision.Refuse(ProblemNames.LimitReached, $"A treasure has at most {AdminCommandRules.MaxClues} clues."),
        (_, AddClue c) => Decision.Record(new ClueAdded(c.TreasureId, c.At, c.Clue)),
        (_, WithdrawTreasure c) => Decision.Record(new TreasureWithdrawn(c.TreasureId, c.At)),
        (_, RestockTreasure c) when treasure.Stock > AdminCommandRules.MaxStock - c.Units =>
            Decision.Refuse(ProblemNames.NotAllowedNow, $"A treasure holds at most {AdminCommandRules.MaxStock} units."),
        (_, RestockTreasure c) => Decision.Record(new TreasureRestocked(c.TreasureId, c.At, c.Units)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a treasure."),
    };
}

/// <summary>Place and acceptance of the latest award.</summary>
public sealed record LastAward(long Position, DateTimeOffset AcceptedAt);
