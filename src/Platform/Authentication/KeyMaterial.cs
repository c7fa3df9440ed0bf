using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Authentication;

/// <summary>Reads keys: public ones that verify, and the private one that signs visitors' tokens.</summary>
public static class KeyMaterial
{
    /// <summary>Most keys in one set: a token without a <c>kid</c> is tried with all of them.</summary>
    private const int MaxKeys = 16;

    /// <summary>Shortest HS256 key in bytes (RFC 7518, section 3.2).</summary>
    private const int MinSymmetricBytes = 32;

    private const int MinRsaBits = 2048;

    /// <summary>
    /// The public keys of a JSON Web Key Set: EC (P-256) and RSA (at least 2,048 bits). Keys for other uses are left out.
    /// </summary>
    /// <exception cref="SettingException">It is no key set, or holds a key that must not be in one.</exception>
    public static IReadOnlyList<SecurityKey> FromJwks(string json)
    {
        JsonWebKeySet set;
        try
        {
            set = new JsonWebKeySet(json) { SkipUnresolvedJsonWebKeys = true };
        }
        catch (ArgumentException)
        {
            throw new SettingException("it is no JSON Web Key Set.");
        }

        // A set without "keys" is something else; one with an empty list has had all its keys removed.
        if (!json.Contains("\"keys\"", StringComparison.Ordinal))
        {
            throw new SettingException("it is no JSON Web Key Set: it has no \"keys\".");
        }

        var keys = set.Keys.Where(key => key.Use is null or "" or "sig").Where(IsAsymmetric).ToList<SecurityKey>();
        return keys.Count <= MaxKeys ? keys : throw new SettingException($"it has {keys.Count} keys; at most {MaxKeys} are taken.");
    }

    /// <exception cref="SettingException">The key is too short.</exception>
    public static SymmetricSecurityKey Symmetric(string key) => Encoding.UTF8.GetBytes(key) is { Length: >= MinSymmetricBytes } bytes
        ? new SymmetricSecurityKey(bytes)
        : throw new SettingException($"an HS256 key has at least {MinSymmetricBytes} bytes.");

    /// <summary>
    /// What signs with a private key in PEM form, EC (P-256) or RSA. It names no <c>kid</c>, for the key set may call the key anything:
    /// hosts try all keys of the set.
    /// </summary>
    /// <exception cref="SettingException">The text holds no such key.</exception>
    public static SigningCredentials FromPem(string pem)
    {
        try
        {
            var (key, algorithm) = Private(pem);
            return new SigningCredentials(key, algorithm);
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            throw new SettingException("it holds no private key in PEM form, EC (P-256) or RSA.");
        }
    }

    private static (SecurityKey Key, string Algorithm) Private(string pem)
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

    private static bool IsAsymmetric(JsonWebKey key)
    {
        if (key.HasPrivateKey || key.Kty == JsonWebAlgorithmsKeyTypes.Octet)
        {
            throw new SettingException($"the key '{key.Kid}' is a secret: a key set holds public keys only.");
        }

        try
        {
            var isTaken = (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve && key.Crv == JsonWebKeyECTypes.P256)
                || (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= MinRsaBits);
            return isTaken && key.ComputeJwkThumbprint().Length > 0;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw new SettingException($"the key '{key.Kid}' cannot be read.");
        }
    }
}
