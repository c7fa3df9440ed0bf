using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Events;

/// <summary>A fact about a treasure.</summary>
public interface ITreasureEvent
{
    string TreasureId { get; }
}

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

/// <summary>The time of a clue had come, and its hunt had opened: everybody may see it.</summary>
public sealed record ClueRevealed(string TreasureId, DateTimeOffset At, Clue Clue) : ITreasureEvent;

public sealed record TreasureRestocked(string TreasureId, DateTimeOffset At, int Units) : ITreasureEvent;

public sealed record TreasureWithdrawn(string TreasureId, DateTimeOffset At) : ITreasureEvent;

/// <summary>A fact that decides a claim; its event id is the claim id.</summary>
public interface IClaimEvent : ITreasureEvent
{
    Guid ClaimId { get; }

    string HuntId { get; }

    string PlayerId { get; }

    /// <summary>Place in the order in which the treasure's claims were decided, from 1.</summary>
    long Position { get; }

    DateTimeOffset AcceptedAt { get; }

    DateTimeOffset DecidedAt { get; }

    /// <summary>A keyed hash of the claim's payload; null when none was recorded. It is told to no consumer.</summary>
    string? Fingerprint { get; }
}

/// <summary>A unit went to a player.</summary>
public sealed record TreasureAwarded(
    string TreasureId,
    string HuntId,
    Guid ClaimId,
    string PlayerId,
    long Position,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : IClaimEvent;

/// <summary>A claim got no unit. <c>HuntId</c> is empty when there is no such treasure.</summary>
public sealed record ClaimRefused(
    string TreasureId,
    string HuntId,
    Guid ClaimId,
    string PlayerId,
    string Reason,
    long Position,
    long? WinningPosition,
    long? LateByMs,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : IClaimEvent;

/// <summary>An award was taken back; its unit can be won again.</summary>
public sealed record AwardRevoked(
    string TreasureId, string HuntId, DateTimeOffset At, Guid ClaimId, string PlayerId, string Because) : ITreasureEvent;
