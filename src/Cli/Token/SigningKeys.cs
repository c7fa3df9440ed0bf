using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Cli.Token;

/// <summary>Makes token issuers from signing keys.</summary>
internal static class SigningKeys
{
    /// <summary>An HS256 key, which hosts accept in Development only.</summary>
    /// <param name="setting">The name of the setting, for the error message.</param>
    /// <exception cref="CliException">The key is shorter than 32 bytes.</exception>
    public static TokenIssuer OfSecret(string name, string key, string setting) => Encoding.UTF8.GetByteCount(key) >= 32
        ? new(name, new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256))
        : throw new CliException($"{setting} is shorter than the 32 bytes that HS256 needs.");

    /// <summary>A private key in PEM form, EC (P-256) or RSA. The <c>kid</c> is the key's thumbprint (RFC 7638).</summary>
    /// <exception cref="CliException">The file holds no such key or cannot be read.</exception>
    public static TokenIssuer OfFile(string name, string file)
    {
        try
        {
            var (key, algorithm) = Read(File.ReadAllText(file));
            key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
            return new(name, new SigningCredentials(key, algorithm));
        }
        catch (Exception unusable)
            when (unusable is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new CliException($"{file} contains no private key, EC (P-256) or RSA: {unusable.Message}", unusable);
        }
    }

    private static (SecurityKey Key, string Algorithm) Read(string pem)
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
}
