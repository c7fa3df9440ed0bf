namespace TreasureHunt.Contracts.Events;

/// <summary>Every event and its name. These names are the storage format: a change of shape is a new event with a new version.</summary>
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

    /// <summary>Every event by its name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Types = All.ToDictionary(entry => entry.Value, entry => entry.Key);
}

/// <summary>The streams of the log. These names are the storage format.</summary>
public static class StreamNames
{
    public static string Hunt(string huntId) => $"hunt-{huntId}";

    /// <summary>The hunt of a stream of <see cref="Hunt"/>.</summary>
    public static string HuntOf(string stream) => stream["hunt-".Length..];

    public static string Treasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>The treasure of a stream of <see cref="Treasure"/>.</summary>
    public static string TreasureOf(string stream) => stream["treasure-".Length..];

    /// <summary>Losing claims have a stream of their own: they never bloat or contend with the treasure's.</summary>
    public static string Refusals(string treasureId) => $"refusals-{treasureId}";
}
