using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>What a host with these settings does at its start.</summary>
public class AuthSettingSpecs
{
    private const string Key = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    private const string Published = "treasure-hunt-development-key-not-for-production";

    private static readonly string Jwks = SpecIssuer.Jwks(new SpecIssuer("players"));
    private static readonly string OtherJwks = SpecIssuer.Jwks(new SpecIssuer("administrators"));

    [Fact]
    public void Keys_of_their_own_for_each_audience_start() =>
        Start("Production", ("Players:Jwks", Jwks), ("Administrators:Jwks", OtherJwks));

    [Fact]
    public void In_development_a_secret_will_do() =>
        Start("Development", ("Players:SigningKey", Key), ("Administrators:SigningKeys:0", Key + "2"), ("Administrators:SigningKeys:1", Key
            + "3"));

    [Theory]
    [InlineData(Published)]
    [InlineData(Key)]
    public void The_development_key_does_not_start_in_production(string key)
    {
        Assert.Contains(
            "Auth__Players__SigningKey", Refused("Production", ("Players:SigningKey", key), ("Administrators:Jwks", OtherJwks)),
            StringComparison.Ordinal);
        Assert.Contains(
            "Auth__Administrators__SigningKey", Refused("Staging", ("Players:Jwks", Jwks), ("Administrators:SigningKeys:0", key)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public void One_key_for_everybody_does_not_start(string environment)
    {
        Assert.StartsWith("Auth__SigningKey: one key for everybody", Refused(environment, ("SigningKey", Key)), StringComparison.Ordinal);
        Assert.Contains(
            "Auth__Administrators: its keys are also those of Auth__Players",
            Refused(environment, ("Players:Jwks", Jwks), ("Administrators:Jwks", Jwks)), StringComparison.Ordinal);
        Assert.Contains(
            "Auth__Administrators: its keys",
            Refused(environment, ("Players:Authority", "https://id.example"), ("Administrators:Authority", "https://id.example/")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_two_audiences_share_does_not_start() =>
        Assert.Contains(
            "Auth__Administrators: its keys", Refused("Development", ("Players:SigningKey", Key), ("Administrators:SigningKey", Key)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Auth__Players: no keys are set", "", "")]
    [InlineData("Auth__Players__SigningKey: an HS256 key has at least 32 bytes", "Players:SigningKey", "short")]
    [InlineData("Auth__Players__Jwks: it is no JSON Web Key Set", "Players:Jwks", "nothing")]
    [InlineData("Auth__Players__Jwks: the key 'x' is a secret", "Players:Jwks", """{"keys":[{"kid":"x","kty":"oct","k":"c2VjcmV0"}]}""")]
    [InlineData("Auth__Players__JwksFile: ", "Players:JwksFile", "/nowhere/players.jwks.json")]
    [InlineData("Auth__Players__JwksUrl: must be an https address", "Players:JwksUrl", "http://id.example/keys")]
    [InlineData("Auth__Players__Authority: must be an https address", "Players:Authority", "id.example")]
    public void What_cannot_be_a_key_is_refused_by_name(string sentence, string name, string value) =>
        Assert.StartsWith(sentence, Refused("Development", (name, value), ("Administrators:Jwks", OtherJwks)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Auth__RefreshInterval", "RefreshInterval", "1h")]
    [InlineData("Auth__Players__MaxLife", "Players:MaxLife", "0s")]
    [InlineData("Auth__Administrators__MaxLife", "Administrators:MaxLife", "32d")]
    [InlineData("Auth__Players__Jwks", "Players:JwksUrl", "https://id.example/keys")]
    public void What_is_out_of_range_is_refused_by_name(string setting, string name, string value) =>
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
