using System.ComponentModel.DataAnnotations;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Idempotency;

/// <summary>Settings of idempotency keys (section <c>Idempotency</c>).</summary>
public sealed class IdempotencyOptions
{
    /// <summary>
    /// Secret of the fingerprints that tell payloads apart, at least 32 characters, the same for every Api. Without it, whoever reads
    /// the event store or Redis can try short proofs against a fingerprint. A changed secret refuses nothing: fingerprints of
    /// different secrets are not compared.
    /// </summary>
    [Secret]
    [MinLength(32)]
    public string? FingerprintKey { get; set; }
}
