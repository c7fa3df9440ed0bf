using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Specs.Platform;

/// <summary>Signs tokens with an ES256 key.</summary>
internal sealed class TokenSigner(string name, string kid = "one")
{
    public static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(1);

    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = kid };

    public string PublicPem => _key.ECDsa.ExportSubjectPublicKeyInfoPem();

    public JsonNode PublicKey
    {
        get
        {
            var point = _key.ECDsa.ExportParameters(false).Q;
            return new JsonObject
            {
                ["kid"] = _key.KeyId,
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(
                point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y)
            };
        }
    }

    public static string Jwks(params TokenSigner[] issuers) =>
        new JsonObject { ["keys"] = new JsonArray([.. issuers.Select(issuer => issuer.PublicKey)]) }.ToJsonString();

    /// <param name="change">Changes the token, which is valid for an hour without it.</param>
    public string Token(string audience, Action<SecurityTokenDescriptor>? change = null)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = name,
            Audience = audience,
            IssuedAt = Now.UtcDateTime,
            Expires = Now.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "alice", ["scope"] = "hunts" },
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }
}
