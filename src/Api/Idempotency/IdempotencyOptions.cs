using System.ComponentModel.DataAnnotations;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Idempotency;

/// <summary>Idempotency keys; section <c>Idempotency</c>.</summary>
public sealed class IdempotencyOptions
{
    public const string Section = "Idempotency";

    /// <summary>
    /// The secret of the fingerprints of payloads, at least 32 characters, the same for every Api. Without it, a reader of the event store
    /// or Redis can try short proofs against a fingerprint. A change of the secret refuses no request: fingerprints of different secrets
    /// are not compared. Default: none.
    /// </summary>
    [Secret]
    [MinLength(32)]
    public string? FingerprintKey { get; set; }
}
