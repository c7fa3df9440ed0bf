using Xunit;
using static TreasureHunt.Specs.Platform.AuthExamples;

namespace TreasureHunt.Specs.Platform;

/// <summary>Key settings that stop a host at startup.</summary>
public class InvalidKeySettingSpecs
{
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
}
