using Xunit;
using static TreasureHunt.Specs.Platform.AuthExamples;

namespace TreasureHunt.Specs.Platform;

/// <summary>The validation of token settings at startup.</summary>
public class AuthSettingSpecs
{
    private const string Published = "treasure-hunt-development-key-not-for-production";

    [Fact]
    public void A_host_with_different_keys_for_each_audience_starts() =>
        Start("Production", ("Players:Jwks", Jwks), ("Administrators:Jwks", OtherJwks));

    [Fact]
    public void In_development_a_symmetric_key_is_accepted() =>
        Start("Development", ("Players:SigningKey", Key), ("Administrators:SigningKeys:0", Key + "2"), ("Administrators:SigningKeys:1", Key
            + "3"));

    [Theory]
    [InlineData(Published)]
    [InlineData(Key)]
    public void A_symmetric_key_is_refused_outside_development(string key)
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
    public void A_key_shared_by_all_audiences_is_refused(string environment)
    {
        Assert.StartsWith("Auth__SigningKey: it is no longer read", Refused(environment, ("SigningKey", Key)), StringComparison.Ordinal);
        Assert.Contains(
            "Auth__Administrators: its keys are also the keys of Auth__Players",
            Refused(environment, ("Players:Jwks", Jwks), ("Administrators:Jwks", Jwks)), StringComparison.Ordinal);
        Assert.Contains(
            "Auth__Administrators: its keys",
            Refused(environment, ("Players:Authority", "https://id.example"), ("Administrators:Authority", "https://id.example/")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_symmetric_key_shared_by_two_audiences_is_refused() =>
        Assert.Contains(
            "Auth__Administrators: its keys", Refused("Development", ("Players:SigningKey", Key), ("Administrators:SigningKey", Key)),
            StringComparison.Ordinal);
}
