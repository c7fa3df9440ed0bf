using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Cli.Token;

/// <summary>Signs the tokens of one audience.</summary>
/// <param name="Name">The <c>iss</c> of tokens.</param>
public sealed record TokenIssuer(string Name, SigningCredentials Credentials)
{
    /// <summary>With an HS256 key, which hosts take in Development only.</summary>
    /// <param name="setting">What the key is called, for the complaint about a short one.</param>
    public static TokenIssuer OfSecret(string name, string key, string setting) => Encoding.UTF8.GetByteCount(key) >= 32
        ? new(name, new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256))
        : throw new CliException($"{setting} is shorter than the 32 bytes that HS256 needs.");

    /// <summary>With a private key in PEM form, EC (P-256) or RSA. The <c>kid</c> is the key's thumbprint (RFC 7638).</summary>
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
            throw new CliException($"{file} holds no private key, EC (P-256) or RSA: {unusable.Message}", unusable);
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
