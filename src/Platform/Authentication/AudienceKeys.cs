using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// The keys of an audience at one time. A change creates a new object: a cached token with other keys must be validated again.
/// </summary>
public sealed class AudienceKeys
{
    private readonly string _fingerprint;

    /// <param name="issuer">The <c>iss</c> of tokens that these keys sign.</param>
    public AudienceKeys(IReadOnlyList<SecurityKey> all, string issuer)
    {
        (All, Issuer) = (all, issuer);
        _fingerprint = string.Join(' ', Thumbprints().Order(StringComparer.Ordinal).Prepend(issuer));
    }

    public IReadOnlyList<SecurityKey> All { get; }

    public string Issuer { get; }

    /// <summary>The keys with this id; all keys when the token has no <c>kid</c>.</summary>
    public IEnumerable<SecurityKey> WithId(string? kid) => string.IsNullOrEmpty(kid) ? All : All.Where(key => key.KeyId == kid);

    /// <summary>The id and the RFC 7638 thumbprint of each key.</summary>
    public IEnumerable<string> Thumbprints() => All.Select(key => $"{key.KeyId}:{Convert.ToHexString(key.ComputeJwkThumbprint())}");

    public bool HasSameKeysAs(AudienceKeys other) => _fingerprint == other._fingerprint;
}
