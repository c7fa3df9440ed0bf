using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>
/// One claim, as a storefront sends it straight onto the bus (exchange <see cref="BusNames.ClaimIntake"/>).
/// The same player, treasure and key are the same claim, however often they are sent.
/// </summary>
/// <param name="TreasureId">Slug, 1 to 64 characters.</param>
/// <param name="PlayerId">1 to 64 characters of <c>A-Z a-z 0-9 . _ : -</c>.</param>
/// <param name="Key">Idempotency key, 1 to 128 visible ASCII characters.</param>
/// <param name="Proof">The code found at the hiding place, at most 128 characters.</param>
public sealed record ClaimTreasure(string TreasureId, string PlayerId, string Key, string? Proof = null);

/// <summary>Claims of one shard that were waiting at the same time, in the order in which they were accepted.</summary>
public sealed record ClaimTreasures(IReadOnlyList<AcceptedClaim> Claims);

/// <summary>A claim that the Api has accepted.</summary>
/// <param name="AcceptedAt">The time by which windows are judged.</param>
/// <param name="TraceParent">W3C trace context of the request, so that one trace runs from the door to the read model.</param>
/// <param name="Fingerprint">
/// A keyed hash of the payload, by which the Api recognises a key that is used for another payload; null from an older build.
/// </param>
public sealed record AcceptedClaim(
    Guid ClaimId,
    string TreasureId,
    string PlayerId,
    string? Proof,
    DateTimeOffset AcceptedAt,
    string? TraceParent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null);

/// <summary>What became of the claims of one <see cref="ClaimTreasures"/>; goes straight back to the Api that asked.</summary>
public sealed record ClaimsDecided(IReadOnlyList<DecidedClaim> Claims);

/// <summary>The one outcome that a claim ever gets.</summary>
/// <param name="Outcome"><see cref="Outcomes.Won"/> or <see cref="Outcomes.Rejected"/>.</param>
/// <param name="Reason">One of <see cref="Reasons"/> when rejected.</param>
/// <param name="Position">Place in the order in which the treasure's claims were decided, from 1.</param>
/// <param name="WinningPosition">The place that won the last unit, when the treasure was exhausted.</param>
/// <param name="LateByMs">Milliseconds between the acceptance of that winner and of this claim.</param>
/// <param name="Fingerprint">That of the payload that was decided; null when none was recorded.</param>
public sealed record DecidedClaim(
    Guid ClaimId,
    string TreasureId,
    string HuntId,
    string PlayerId,
    string Outcome,
    string? Reason,
    long Position,
    long? WinningPosition,
    long? LateByMs,
    DateTimeOffset AcceptedAt,
    DateTimeOffset DecidedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null);
