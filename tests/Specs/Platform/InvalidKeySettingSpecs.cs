using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Key settings that stop a host at startup.</summary>
public class InvalidKeySettingSpecs
{
    private const string Key = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";

    private static readonly string Jwks = TokenSigner.Jwks(new TokenSigner("players"));

    private static readonly string OtherJwks = TokenSigner.Jwks(new TokenSigner("administrators"));

    [Theory]
    [InlineData("Auth__Players: no keys are set", "", "")]
    [InlineData("Auth__Players__SigningKey: an HS256 key has at least 32 bytes", "Players:SigningKey", "short")]
    [InlineData("Auth__Players__Jwks: it is not a JSON Web Key Set", "Players:Jwks", "nothing")]
    [InlineData("Auth__Players__Jwks: the key 'x' is a secret", "Players:Jwks", """{"keys":[{"kid":"x","kty":"oct","k":"c2VjcmV0"}]}""")]
    [InlineData("Auth__Players__JwksFile: ", "Players:JwksFile", "/nowhere/players.jwks.json")]
    [InlineData("Auth__Players__JwksUrl: must be an https address", "Players:JwksUrl", "http://id.example/keys")]
    [InlineData("Auth__Players__Authority: must be an https address", "Players:Authority", "id.example")]
    public void An_invalid_key_is_refused_by_setting_name(string message, string name, string value) =>
        Assert.StartsWith(message, Refused("Development", (name, value), ("Administrators:Jwks", OtherJwks)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Auth__RefreshInterval", "RefreshInterval", "1h")]
    [InlineData("Auth__Players__MaxLife", "Players:MaxLife", "0s")]
    [InlineData("Auth__Administrators__MaxLife", "Administrators:MaxLife", "32d")]
    [InlineData("Auth__Players__Jwks", "Players:JwksUrl", "https://id.example/keys")]
    public void A_value_out_of_range_is_refused_by_setting_name(string setting, string name, string value) =>
        Assert.StartsWith(
            setting, Refused("Production", ("Players:Jwks", Jwks), ("Administrators:Jwks", OtherJwks), (name, value)),
            StringComparison.Ordinal);

    private static string Refused(string environment, params (string Name, string Value)[] settings) =>
        Assert.Throws<SettingException>(() => Start(environment, settings)).Message;

    private static void Start(string environment, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(setting => $"Auth:{setting.Name}", string? (setting) => setting.Value));
        builder.AddTokens(nameof(AuthOptions.Players), nameof(AuthOptions.Administrators));
    }
}
