using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The port of the site.</summary>
public class SitePortSpecs
{
    [Theory]
    [InlineData("0")]
    [InlineData("99999")]
    [InlineData("65536")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("080")]
    [InlineData("8080 ")]
    [InlineData("8,080")]
    public async Task An_invalid_port_is_refused_before_a_set_is_created(string port)
    {
        var (code, _, errors) = await Shell.Hunt(Repository.PathOf(""), ["servers", "up", "--name", "no-port"], ("HUNT_SITE_PORT", port));
        Assert.Equal(1, code);
        Assert.Equal($"hunt: HUNT_SITE_PORT is '{port}': it must be a port from 1 to 65535.\n", errors);
        Assert.False(Directory.Exists(Repository.PathOf(".run/no-port")));
    }
}
