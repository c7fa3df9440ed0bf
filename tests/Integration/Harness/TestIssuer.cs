using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Integration.Harness;

/// <summary>An issuer of tokens with an ES256 key.</summary>
public sealed class TestIssuer(string name, string kid)
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = kid };

    /// <summary>Returns the key set with the public keys of these issuers.</summary>
    public static string Jwks(params TestIssuer[] issuers) =>
        new JsonObject { ["keys"] = new JsonArray([.. issuers.Select(issuer => issuer.PublicKey)]) }.ToJsonString();

    public JsonNode PublicKey
    {
        get
        {
            var point = _key.ECDsa.ExportParameters(false).Q;
            return new JsonObject
            {
                ["kid"] = kid,
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(
                point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y)
            };
        }
    }

    public string PublicPem => _key.ECDsa.ExportSubjectPublicKeyInfoPem();

    public string PrivatePem => _key.ECDsa.ExportPkcs8PrivateKeyPem();

    /// <param name="change">Changes the token, which is valid for an hour, before it is signed.</param>
    public string Token(string audience, string subject, Action<SecurityTokenDescriptor>? change = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new SecurityTokenDescriptor
        {
            Issuer = name,
            Audience = audience,
            IssuedAt = now,
            Expires = now.AddHours(1),
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = subject },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }
}
