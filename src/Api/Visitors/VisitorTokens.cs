using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Visitors;

/// <summary>Issues players' tokens to visitors, signed with a key of players.</summary>
public sealed class VisitorTokens(SigningCredentials credentials, KeySets keys, AuthOptions auth, TimeProvider timeProvider)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromHours(12);

    public Visitor Create()
    {
        var (player, now) = (Ids.FreshVisitor(), timeProvider.GetUtcNow().UtcDateTime);
        var ttl = auth.Players.MaxLife < Ttl ? auth.Players.MaxLife : Ttl;
        return new Visitor(
            player, new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = keys.Find(Audiences.Player)!.Current.Issuer,
                Audience = Audiences.Player,
                Subject = new ClaimsIdentity([new Claim(auth.Players.PlayerClaim, player)]),
                IssuedAt = now,
                NotBefore = now,
                Expires = now + ttl,
                SigningCredentials = credentials,
            }));
    }

    /// <exception cref="SettingException">There is no key to sign with.</exception>
    public static SigningCredentials Credentials(VisitorOptions visitors, AuthOptions auth)
    {
        try
        {
            return string.IsNullOrEmpty(visitors.KeyFile)
                ? auth.Players.SymmetricKeys() is [var key, ..]
                    ? new SigningCredentials(KeyMaterial.Symmetric(key), SecurityAlgorithms.HmacSha256)
                    : throw new SettingException("it is not set: it names the file with the private key that signs visitors' tokens.")
                : KeyMaterial.FromPem(File.ReadAllText(visitors.KeyFile));
        }
        catch (Exception unusable) when (unusable is SettingException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Visitors__KeyFile: {unusable.Message}");
        }
    }
}

/// <summary>A new player and its token.</summary>
public sealed record Visitor(string PlayerId, string Token);
