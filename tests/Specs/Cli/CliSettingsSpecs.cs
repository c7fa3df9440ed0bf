using TreasureHunt.Cli;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class CliSettingsSpecs
{
    private const string Key = "0123456789abcdef0123456789abcdef";
    private const string PlayersKey = "Auth__Players__SigningKey";

    [Fact]
    public void The_environment_contains_the_address_of_the_engine()
    {
        var settings = Read(("HUNT_URL", "http://127.0.0.1:9/"), (PlayersKey, Key), ("Auth__Players__Issuer", "shop"));

        Assert.Equal((new Uri("http://127.0.0.1:9"), "shop"), (settings.Url, settings.IssuerOf(Audiences.Player).Name));
    }

    [Fact]
    public void Only_keys_have_no_default()
    {
        var settings = Read((PlayersKey, Key));

        Assert.Equal((new Uri("http://127.0.0.1:8080"), "treasure-hunt-players"), (settings.Url, settings.IssuerOf(Audiences.Player).Name));
        Assert.StartsWith(
            "treasure-hunt-admin has no key",
            Assert.Throws<CliException>(() => settings.IssuerOf(Audiences.Administrator)).Message, StringComparison.Ordinal);
        Assert.StartsWith("HUNT_KEYS is not set", Assert.Throws<CliException>(() => Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operators_address_is_configured_or_has_the_default_port_of_the_same_host()
    {
        Assert.Equal(
            new Uri("http://127.0.0.1:17089"), Read(("HUNT_OPERATORS_URL", "http://127.0.0.1:17089"), (PlayersKey, Key)).Operators);
        Assert.Equal(new Uri("http://shop.test:8089"), Read(("HUNT_URL", "http://shop.test"), (PlayersKey, Key)).Operators);
        Assert.Contains(
            "nowhere", Assert.Throws<CliException>(() => Read(("HUNT_OPERATORS_URL", "nowhere"), (PlayersKey, Key))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_key_is_refused() =>
        Assert.Contains(
            "shorter than the 32 bytes", Assert.Throws<CliException>(() => Read((PlayersKey, "short"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("engine")]
    [InlineData("ftp://engine")]
    public void An_invalid_address_is_refused(string url) =>
        Assert.Contains(
            url, Assert.Throws<CliException>(() => Read(("HUNT_URL", url), (PlayersKey, Key))).Message, StringComparison.Ordinal);

    private static CliSettings Read(params (string Name, string Value)[] environment) =>
        CliSettings.FromEnvironment(name => environment.FirstOrDefault(variable => variable.Name == name).Value);
}
