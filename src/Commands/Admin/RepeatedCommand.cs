using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Admin;

/// <summary>Creates the response to a command whose id was recorded before.</summary>
/// <remarks>An event contains the whole payload of its command, so the two payloads can be compared.</remarks>
public static class RepeatedCommand
{
    /// <summary>Returns the first response again, or a refusal when the recorded event has another payload.</summary>
    public static CommandResponse CreateResponse(string id, IAdminCommand command, object recorded, long sequence)
    {
        if (!HasPayloadOf(command, recorded))
        {
            return new CommandResponse(id, 0, ProblemNames.IdempotencyKeyReused, "Another command was recorded under this key.");
        }

        // A message that the broker redelivers is not a repeated request: its event has the time of the same command.
        return new CommandResponse(id, sequence, Replayed: AcceptedAt(recorded) != command.At);
    }

    /// <summary>Whether an event has the payload of a command. The times of acceptance may differ.</summary>
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
            && e == e with
            {
                TreasureId = c.TreasureId,
                HuntId = c.HuntId,
                Name = c.Name,
                Stock = c.Stock,
                PerPlayer = c.PerPlayer,
                Proof = c.Proof,
            },
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
