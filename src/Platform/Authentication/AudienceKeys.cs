using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Authentication;

/// <summary>
/// The keys of an audience at one time. A change makes a new object, so that whoever remembers a valid token sees that it has to be
/// validated again.
/// </summary>
public sealed class AudienceKeys
{
    private readonly string _fingerprint;

    /// <param name="issuer">The <c>iss</c> that goes with them.</param>
    public AudienceKeys(IReadOnlyList<SecurityKey> all, string issuer)
    {
        (All, Issuer) = (all, issuer);
        _fingerprint = string.Join(' ', Thumbprints().Order(StringComparer.Ordinal).Prepend(issuer));
    }

    public IReadOnlyList<SecurityKey> All { get; }

    public string Issuer { get; }

    /// <summary>The key that a token names; all of them when it names none.</summary>
    public IEnumerable<SecurityKey> Of(string? kid) => string.IsNullOrEmpty(kid) ? All : All.Where(key => key.KeyId == kid);

    /// <summary>What each key is, whatever it is called.</summary>
    public IEnumerable<string> Thumbprints() => All.Select(key => $"{key.KeyId}:{Convert.ToHexString(key.ComputeJwkThumbprint())}");

    public bool SameAs(AudienceKeys other) => _fingerprint == other._fingerprint;
}
