namespace TreasureHunt.Contracts.Events;

/// <summary>An event that decides a claim. Its event id is the claim id.</summary>
public interface IClaimEvent : ITreasureEvent
{
    Guid ClaimId { get; }

    string HuntId { get; }

    string PlayerId { get; }

    /// <summary>Position in the order in which the treasure's claims were decided, from 1.</summary>
    long Position { get; }

    DateTimeOffset AcceptedAt { get; }

    DateTimeOffset DecidedAt { get; }

    /// <summary>A keyed hash of the claim's payload; null when none was recorded. It is not published.</summary>
    string? Fingerprint { get; }
}
