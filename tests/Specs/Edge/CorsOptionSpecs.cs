using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Api.Http;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Edge;

public class CorsOptionSpecs
{
    [Theory]
    [InlineData("https://shop.example")]
    [InlineData("http://127.0.0.1:3000")]
    public void An_origin_is_accepted(string origin) => Assert.Equal([origin], Read(origin).Origins);

    [Theory]
    [InlineData("*")]
    [InlineData("shop.example")]
    [InlineData("https://shop.example/")]
    [InlineData("https://Shop.example")]
    [InlineData("https://shop.example/page")]
    [InlineData("file:///etc")]
    public void Any_other_value_stops_the_host_at_startup(string origin) =>
        Assert.Contains("Cors__Origins", Assert.Throws<SettingException>(() => Read(origin)).Message, StringComparison.Ordinal);

    private static CorsOptions Read(string origin) => new ServiceCollection().AddSettings<CorsOptions>(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Cors:Origins:0"] = origin }).Build(), "Cors");
}
