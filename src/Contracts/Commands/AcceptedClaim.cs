using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <summary>A claim that the Api has accepted.</summary>
/// <param name="AcceptedAt">The time that decides whether the hunt was open.</param>
/// <param name="TraceParent">
/// W3C trace context of the request, so that one trace covers the request, the decision and the read model.
/// </param>
/// <param name="Fingerprint">
/// A keyed hash of the payload, by which the Api detects a key that is reused with another payload; null from an older build.
/// </param>
public sealed record AcceptedClaim(
    Guid ClaimId,
    string TreasureId,
    string PlayerId,
    string? Proof,
    DateTimeOffset AcceptedAt,
    string? TraceParent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null);
