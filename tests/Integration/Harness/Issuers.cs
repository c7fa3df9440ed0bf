using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;

namespace TreasureHunt.Integration.Harness;

/// <summary>An issuer of tokens with an ES256 key, as a shop, its storefronts and its administrators have one each.</summary>
public sealed class TestIssuer(string name, string kid)
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = kid };

    /// <summary>The key set with the public keys of these issuers.</summary>
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

    /// <param name="change">Takes a token that would be valid for an hour, and makes another of it.</param>
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

/// <summary>The issuers whose tokens the engines of this run take.</summary>
public static class Issuers
{
    public static readonly TestIssuer Players = new("treasure-hunt-players", "players-1");
    public static readonly TestIssuer Storefronts = new("treasure-hunt-storefronts", "storefronts-1");
    public static readonly TestIssuer Administrators = new("treasure-hunt-administrators", "administrators-1");

    private static readonly Lazy<string> Folder = new(Write);

    /// <summary>The settings of a host that takes their tokens.</summary>
    public static IEnumerable<(string Name, string Value)> Settings =>
    [
        ("Auth__Players__JwksFile", File("players.jwks.json")),
        ("Auth__Storefronts__JwksFile", File("storefronts.jwks.json")),
        ("Auth__Administrators__JwksFile", File("administrators.jwks.json")),
        ("Visitors__KeyFile", File("players.pem")),
    ];

    /// <summary>The issuer of an audience.</summary>
    public static TestIssuer Of(string audience) => audience switch
    {
        Audiences.Administrator => Administrators,
        Audiences.Storefront => Storefronts,
        _ => Players,
    };

    private static string File(string name) => Path.Combine(Folder.Value, name);

    private static string Write()
    {
        var folder = Directory.CreateTempSubdirectory("hunt-test-keys").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        System.IO.File.WriteAllText(Path.Combine(folder, "players.jwks.json"), TestIssuer.Jwks(Players));
        System.IO.File.WriteAllText(Path.Combine(folder, "players.pem"), Players.PrivatePem);
        System.IO.File.WriteAllText(Path.Combine(folder, "storefronts.jwks.json"), TestIssuer.Jwks(Storefronts));
        System.IO.File.WriteAllText(Path.Combine(folder, "administrators.jwks.json"), TestIssuer.Jwks(Administrators));
        return folder;
    }
}
