using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Reads public keys that verify tokens, and the private key that signs visitors' tokens.</summary>
public static class KeyMaterial
{
    /// <summary>Keys in one set. A token without a <c>kid</c> is verified with each of them.</summary>
    private const int MaxKeys = 16;

    /// <summary>Minimum length of an HS256 key in bytes (RFC 7518, section 3.2).</summary>
    private const int MinSymmetricBytes = 32;

    private const int MinRsaBits = 2048;

    /// <summary>
    /// The public keys of a JSON Web Key Set: EC (P-256) and RSA (at least 2,048 bits). Keys for other uses are ignored.
    /// </summary>
    /// <exception cref="SettingException">The text is not a key set, or contains a secret or unreadable key.</exception>
    public static IReadOnlyList<SecurityKey> FromJwks(string json)
    {
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(json) { SkipUnresolvedJsonWebKeys = true };
        }
        catch (ArgumentException)
        {
            throw new SettingException("it is not a JSON Web Key Set.");
        }

        // A set with an empty list is valid: all of its keys were removed.
        if (!json.Contains("\"keys\"", StringComparison.Ordinal))
        {
            throw new SettingException("it is not a JSON Web Key Set: it has no \"keys\".");
        }

        var keys = set.Keys.Where(key => key.Use is null or "" or "sig").Where(IsSupported).ToList<SecurityKey>();
        return keys.Count <= MaxKeys ? keys : throw new SettingException($"it has {keys.Count} keys; the maximum is {MaxKeys}.");
    }

    /// <exception cref="SettingException">The key is too short.</exception>
    public static SymmetricSecurityKey Symmetric(string key) => Encoding.UTF8.GetBytes(key) is { Length: >= MinSymmetricBytes } bytes
        ? new SymmetricSecurityKey(bytes)
        : throw new SettingException($"an HS256 key has at least {MinSymmetricBytes} bytes.");

    /// <summary>
    /// Signing credentials from a private key in PEM form, EC (P-256) or RSA. They have no <c>kid</c>, because the id of the key in the key
    /// set is not known: hosts try all keys of the set.
    /// </summary>
    /// <exception cref="SettingException">The text contains no such key.</exception>
    public static SigningCredentials FromPem(string pem)
    {
        try
        {
            var (key, algorithm) = ReadPrivateKey(pem);
            return new SigningCredentials(key, algorithm);
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            throw new SettingException("it contains no private key in PEM form, EC (P-256) or RSA.");
        }
    }

    private static (SecurityKey Key, string Algorithm) ReadPrivateKey(string pem)
    {
        var elliptic = ECDsa.Create();
        try
        {
            elliptic.ImportFromPem(pem);
            return (new ECDsaSecurityKey(elliptic), SecurityAlgorithms.EcdsaSha256);
        }
        catch (CryptographicException)
        {
            elliptic.Dispose();
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return (new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256);
    }

    private static bool IsSupported(JsonWebKey key)
    {
        if (key.HasPrivateKey || key.Kty == JsonWebAlgorithmsKeyTypes.Octet)
        {
            throw new SettingException($"the key '{key.Kid}' is a secret: a key set contains public keys only.");
        }

        try
        {
            var isSupported = (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Crv == JsonWebKeyECTypes.P256)
                || (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= MinRsaBits);
            return isSupported && key.ComputeJwkThumbprint().Length > 0;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new SettingException($"the key '{key.Kid}' cannot be read.");
        }
    }
}
