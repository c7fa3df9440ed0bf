namespace TreasureHunt.Contracts.Events;

/// <summary>
/// The event types and their names. The names are part of the storage format: an event with another shape gets a name with a new version.
/// </summary>
public static class EventNames
{
    public static readonly IReadOnlyDictionary<Type, string> All = new Dictionary<Type, string>
    {
        [typeof(HuntDrafted)] = "hunt-drafted.v1",
        [typeof(HuntScheduled)] = "hunt-scheduled.v1",
        [typeof(HuntOpened)] = "hunt-opened.v1",
        [typeof(HuntPaused)] = "hunt-paused.v1",
        [typeof(HuntResumed)] = "hunt-resumed.v1",
        [typeof(HuntClosed)] = "hunt-closed.v1",
        [typeof(HuntCancelled)] = "hunt-cancelled.v1",
        [typeof(TreasureHidden)] = "treasure-hidden.v1",
        [typeof(ClueAdded)] = "clue-added.v1",
        [typeof(ClueRevealed)] = "clue-revealed.v1",
        [typeof(TreasureRestocked)] = "treasure-restocked.v1",
        [typeof(TreasureWithdrawn)] = "treasure-withdrawn.v1",
        [typeof(TreasureAwarded)] = "treasure-awarded.v1",
        [typeof(AwardRevoked)] = "award-revoked.v1",
        [typeof(ClaimRefused)] = "claim-refused.v1",
    };

    /// <summary>The event types by their names.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Types = All.ToDictionary(entry => entry.Value, entry => entry.Key);
}
