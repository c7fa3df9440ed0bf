using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Hosting;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class SigningKeySpecs
{
    [Fact]
    public void A_key_of_thirty_two_bytes_will_do() => Assert.Equal(32, Tokens.SigningKey(Configured(new string('k', 32))).Key.Length);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk")]
    public void A_shorter_one_is_refused_by_name(string? key) => Assert.Contains(
        "Auth__SigningKey", Assert.Throws<InvalidOperationException>(() => Tokens.SigningKey(Configured(key))).Message, StringComparison.Ordinal);

    private static IConfiguration Configured(string? key) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Auth:SigningKey"] = key }).Build();
}
