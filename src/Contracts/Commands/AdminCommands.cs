using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>
/// An admin's command. <see cref="CommandId"/> becomes the event id, so a repeated command changes nothing;
/// <see cref="At"/> is the time at which the Api accepted it.
/// </summary>
public interface IAdminCommand
{
    /// <summary>Makes a repeated command recognisable.</summary>
    Guid CommandId { get; }

    /// <summary>When the Api accepted it.</summary>
    DateTimeOffset At { get; }

    /// <summary>Who gave it, as the Api knows from the token; null when it was not sent by an Api.</summary>
    Actor? By { get; }
}

/// <summary>What all administrative commands carry besides their own fields.</summary>
public abstract record AdminCommand
{
    /// <inheritdoc cref="IAdminCommand.By"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Actor? By { get; init; }
}

/// <param name="AnnounceAt">
/// From when everybody may see the hunt once it is scheduled, not later than <paramref name="OpensAt"/>; null for as it opens.
/// </param>
public sealed record DraftHunt(
    Guid CommandId,
    DateTimeOffset At,
    string HuntId,
    string Name,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AnnounceAt = null)
        : AdminCommand, IAdminCommand;

public sealed record ChangeHunt(Guid CommandId, DateTimeOffset At, string HuntId, HuntChange Change) : AdminCommand, IAdminCommand;

/// <summary>The steps of a hunt's life.</summary>
public enum HuntChange
{
    Schedule,
    Open,
    Pause,
    Resume,
    Close,
    Cancel,
}

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

/// <summary>The answer to every admin command: recorded at <see cref="Sequence"/>, or refused with the name of a problem.</summary>
/// <param name="Problem">Null when recorded; else a problem name such as <c>already-exists</c>.</param>
/// <param name="Replayed">Whether an earlier request with the same key and payload recorded it.</param>
public sealed record CommandResponse(
    string Id,
    long Sequence,
    string? Problem = null,
    string? Detail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Replayed = false);
