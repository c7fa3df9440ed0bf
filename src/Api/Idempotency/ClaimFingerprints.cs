using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Api.Idempotency;

/// <summary>
/// Fingerprints of claim payloads. One is recorded with the outcome of a claim, so that the same key with another proof is
/// recognised without keeping a proof.
/// </summary>
public sealed class ClaimFingerprints(IdempotencyOptions options)
{
    /// <summary>The fingerprint of a claim without a proof; a missing fingerprint means that none was recorded.</summary>
    public const string NoProof = "-";

    /// <summary>Bytes of the hash that are kept: two proofs of one claim are equal by chance once in 2^64.</summary>
    private const int Length = 8;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.FingerprintKey ?? "");

    // Names the secret without telling it: a fingerprint made with another one cannot be compared.
    private readonly string _keyId = Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.FingerprintKey ?? ""), "key id"u8.ToArray()).AsSpan(0, 3));

    /// <summary>The fingerprint of a payload. It is different for each claim id, so that equal proofs of two players do not show.</summary>
    public string Of(Guid claimId, string? proof) => string.IsNullOrEmpty(proof)
        ? NoProof
        : $"{_keyId}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, (byte[])[.. claimId.ToByteArray(), .. Encoding.UTF8.GetBytes(proof)]).AsSpan(0, Length))}";

    /// <summary>Whether two fingerprints of one claim id may be of the same payload: they are equal, or cannot be compared.</summary>
    public static bool MayBeEqual(string? decided, string? given) =>
        decided is null || given is null || decided == given
        || (decided != NoProof && given != NoProof && KeyIdOf(decided) != KeyIdOf(given));

    private static string KeyIdOf(string fingerprint) => fingerprint.Split('.')[0];
}
