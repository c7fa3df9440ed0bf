using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Admin;

/// <summary>Answers a command whose id was recorded before.</summary>
/// <remarks>An event holds the whole payload of its command, so the event itself tells whether the payload is the same.</remarks>
public static class RepeatedCommand
{
    /// <summary>The first answer again, or a refusal when the recorded event is not what this command asks for.</summary>
    public static CommandResponse Answer(string id, IAdminCommand command, object recorded, long sequence)
    {
        if (!HasPayloadOf(command, recorded))
        {
            return new CommandResponse(id, 0, ProblemNames.IdempotencyKeyReused, "Another command was recorded under this key.");
        }

        // A message that the broker delivers again is no repeated request: its event has the time of the same command.
        return new CommandResponse(id, sequence, Replayed: AcceptedAt(recorded) != command.At);
    }

    /// <summary>Whether an event records the payload of a command, whenever the command was accepted.</summary>
    public static bool HasPayloadOf(IAdminCommand command, object recorded) => (command, recorded) switch
    {
        (DraftHunt c, HuntDrafted e) => e == e with
        {
            HuntId = c.HuntId,
            Name = c.Name,
            OpensAt = c.OpensAt,
            ClosesAt = c.ClosesAt,
            PlayerLimit = c.PlayerLimit,
            AnnounceAt = c.AnnounceAt,
        },
        (ChangeHunt c, IHuntEvent e) => e.HuntId == c.HuntId && e.GetType() == EventOf(c.Change),
        (HideTreasure c, TreasureHidden e) => c.Clues.SequenceEqual(e.Clues)
            && e == e with { TreasureId = c.TreasureId, HuntId = c.HuntId, Name = c.Name, Stock = c.Stock, PerPlayer = c.PerPlayer, Proof = c.Proof },
        (AddClue c, ClueAdded e) => e == e with { TreasureId = c.TreasureId, Clue = c.Clue },
        (RevealClue c, ClueRevealed e) => e.TreasureId == c.TreasureId,
        (RestockTreasure c, TreasureRestocked e) => e == e with { TreasureId = c.TreasureId, Units = c.Units },
        (WithdrawTreasure c, TreasureWithdrawn e) => e.TreasureId == c.TreasureId,
        (RevokeAward c, AwardRevoked e) => e == e with { TreasureId = c.TreasureId, ClaimId = c.ClaimId, Because = c.Because },
        _ => false,
    };

    private static DateTimeOffset? AcceptedAt(object recorded) => recorded switch
    {
        IHuntEvent e => e.At,
        TreasureHidden e => e.At,
        ClueAdded e => e.At,
        ClueRevealed e => e.At,
        TreasureRestocked e => e.At,
        TreasureWithdrawn e => e.At,
        AwardRevoked e => e.At,
        _ => null,
    };

    private static Type EventOf(HuntChange change) => change switch
    {
        HuntChange.Schedule => typeof(HuntScheduled),
        HuntChange.Open => typeof(HuntOpened),
        HuntChange.Pause => typeof(HuntPaused),
        HuntChange.Resume => typeof(HuntResumed),
        HuntChange.Close => typeof(HuntClosed),
        HuntChange.Cancel => typeof(HuntCancelled),
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a change of a hunt."),
    };
}
