using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;

namespace TreasureHunt.Domain.Treasures;

/// <summary>
/// The state of a treasure that decisions need, evolved from its stream. It does not contain the winners, so its size does not depend on
/// the stock.
/// </summary>
/// <param name="Awards">All awards, revoked ones included.</param>
/// <param name="Awarded">Awards that are not revoked.</param>
/// <param name="LastAward">The latest award; refusals state how late they were compared with it.</param>
/// <param name="Clues">
/// Number of clues. Null in a snapshot of an older build that did not count them: they are then counted in the stream.
/// </param>
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

    /// <summary>Returns the state after one more event.</summary>
    internal static Treasure? Evolve(Treasure? treasure, object @event) => (treasure, @event) switch
    {
        (null, TreasureHidden e) =>
            new Treasure(
                Id: StreamNames.Treasure(e.TreasureId),
                HuntId: e.HuntId,
                Stock: e.Stock,
                Awarded: 0,
                Awards: 0,
                PerPlayer: e.PerPlayer,
                Proof: e.Proof,
                Withdrawn: false,
                LastAward: null,
                Clues: e.Clues.Count),
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

    /// <summary>Decides a command that hides a new treasure in a hunt.</summary>
    public static CommandDecision DecideHide(
        Treasure? treasure, Hunt? hunt, HideTreasure c) => (treasure, hunt?.Window.PhaseAt(c.At)) switch
        {
            (not null, _) => CommandDecision.Refuse(ProblemNames.AlreadyExists, $"There is a treasure {c.TreasureId} already."),
            (_, null) => CommandDecision.Refuse(ProblemNames.HuntNotFound, $"There is no hunt {c.HuntId}."),
            (_, HuntPhase.Closed or HuntPhase.Cancelled) => CommandDecision.Refuse(ProblemNames.NotAllowedNow, "The hunt is over."),
            _ => CommandDecision.Record(new TreasureHidden(c.TreasureId, c.HuntId, c.At, c.Name, c.Stock, c.PerPlayer, c.Proof, c.Clues)),
        };

    /// <summary>
    /// Decides a command that reveals a clue. Players see the clues of a withdrawn treasure, so these are revealed as well.
    /// </summary>
    /// <param name="unrevealed">The clue that the command names; null when it does not exist or has been revealed.</param>
    public static CommandDecision DecideReveal(
        Treasure? treasure, Hunt? hunt, Clue? unrevealed, string treasureId, DateTimeOffset at) => (treasure, unrevealed) switch
        {
            (null, _) => CommandDecision.Refuse(ProblemNames.TreasureNotFound, "There is no such treasure."),
            (_, null) => CommandDecision.Refuse(ProblemNames.NotAllowedNow, "The clue does not exist or is already revealed."),
            _ when at < unrevealed.RevealAt || hunt?.Window.HasOpenedAt(at) is not true =>
                CommandDecision.Refuse(ProblemNames.NotAllowedNow, "The clue is not due."),
            _ => CommandDecision.Record(new ClueRevealed(treasureId, at, unrevealed)),
        };

    /// <summary>Decides any other command to a treasure.</summary>
    /// <param name="award">The award that a revocation names; null when it does not exist or has been revoked.</param>
    public static CommandDecision Decide(Treasure? treasure, TreasureAwarded? award, IAdminCommand command) => (treasure, command) switch
    {
        (null, _) => CommandDecision.Refuse(ProblemNames.TreasureNotFound, "There is no such treasure."),
        (_, RevokeAward c) when award is null =>
            CommandDecision.Refuse(ProblemNames.NotAllowedNow, $"Claim {c.ClaimId} has no unrevoked award of this treasure."),
        (_, RevokeAward c) =>
            CommandDecision.Record(new AwardRevoked(c.TreasureId, treasure.HuntId, c.At, c.ClaimId, award.PlayerId, c.Because)),
        ({ Withdrawn: true }, _) => CommandDecision.Refuse(ProblemNames.NotAllowedNow, "The treasure is withdrawn."),
        (_, AddClue) when treasure.Clues >= AdminCommandRules.MaxClues =>
            CommandDecision.Refuse(ProblemNames.LimitReached, $"A treasure has at most {AdminCommandRules.MaxClues} clues."),
        (_, AddClue c) => CommandDecision.Record(new ClueAdded(c.TreasureId, c.At, c.Clue)),
        (_, WithdrawTreasure c) => CommandDecision.Record(new TreasureWithdrawn(c.TreasureId, c.At)),
        (_, RestockTreasure c) when treasure.Stock > AdminCommandRules.MaxStock - c.Units =>
            CommandDecision.Refuse(ProblemNames.NotAllowedNow, $"A treasure holds at most {AdminCommandRules.MaxStock} units."),
        (_, RestockTreasure c) => CommandDecision.Record(new TreasureRestocked(c.TreasureId, c.At, c.Units)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a treasure."),
    };
}
