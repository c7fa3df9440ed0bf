using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TreasureHunt.Api.Idempotency;

/// <summary>
/// Fingerprints of claim payloads. A fingerprint is recorded with the outcome of a claim. It shows that a key is reused with another
/// proof, without storing the proof.
/// </summary>
public sealed class ClaimFingerprints(IdempotencyOptions options)
{
    /// <summary>The fingerprint of a claim without a proof. A missing fingerprint means that none was recorded.</summary>
    public const string NoProof = "-";

    /// <summary>Bytes of the hash. Two proofs of one claim have equal fingerprints by chance once in 2^64.</summary>
    private const int HashBytes = 8;

    private const int KeyIdBytes = 3;

    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.FingerprintKey ?? "");

    // Identifies the secret without revealing it. Fingerprints of different secrets cannot be compared.
    private readonly string _keyId = Base64Url.EncodeToString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.FingerprintKey ?? ""), "key id"u8.ToArray()).AsSpan(0, KeyIdBytes));

    /// <summary>The fingerprint of a payload. It depends on the claim id, so that it does not show equal proofs of two players.</summary>
    public string Of(Guid claimId, string? proof) => string.IsNullOrEmpty(proof)
        ? NoProof
        : $"{_keyId}.{Base64Url.EncodeToString(HashOf(claimId, proof).AsSpan(0, HashBytes))}";

    /// <summary>Whether two fingerprints of one claim id can be of the same payload: they are equal, or cannot be compared.</summary>
    public static bool MayBeEqual(string? decided, string? given) =>
        decided is null || given is null || decided == given
        || (decided != NoProof && given != NoProof && KeyIdOf(decided) != KeyIdOf(given));

    private byte[] HashOf(Guid claimId, string proof) =>
        HMACSHA256.HashData(_key, (byte[])[.. claimId.ToByteArray(), .. Encoding.UTF8.GetBytes(proof)]);

    private static string KeyIdOf(string fingerprint) => fingerprint.Split('.')[0];
}
