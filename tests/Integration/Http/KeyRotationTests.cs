using System.Net;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Signing keys that a host fetches change without a restart, and valid tokens are accepted at all times.</summary>
public sealed class KeyRotationTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Issuer = "https://id.shop.example";

    [Theory]
    [InlineData("JwksUrl")]
    [InlineData("Authority")]
    public async Task A_key_is_added_and_another_removed_without_an_outage(string source)
    {
        await using var server = await JwksServer.Start();
        var issuer = source == "Authority" ? server.Url.ToString().TrimEnd('/') : Issuer;
        var (old, renewed) = (new TestIssuer(issuer, "old"), new TestIssuer(issuer, "new"));
        server.Jwks = TestIssuer.Jwks(old);
        var host = $"api-{Ids.FreshSlug()}";
        await Engine.StartHost(
            host,
            ("Auth__Players__JwksFile", ""),
            ($"Auth__Players__{source}", source == "Authority" ? issuer : new Uri(server.Url, "/jwks.json").ToString()),
            ("Auth__Players__Issuer", source == "Authority" ? "" : issuer),
            ("Auth__RefreshInterval", "1s"),
            ("Visitors__Enabled", "false"));
        try
        {
            var (first, second) = (old.Token(Audiences.Player, "alice"), renewed.Token(Audiences.Player, "alice"));
            Assert.Equal((true, false), (await IsAccepted(first), await IsAccepted(second)));

            // With both keys, tokens of the old one stay valid, also while the keys cannot be fetched.
            server.Jwks = TestIssuer.Jwks(old, renewed);
            await Poll.Until("the new key is accepted", async () => await StaysValid(first) && await IsAccepted(second));
            server.Jwks = null;
            await server.WaitForRequests(3);
            Assert.Equal((true, true), (await IsAccepted(first), await IsAccepted(second)));

            server.Jwks = TestIssuer.Jwks(renewed);
            await Poll.Until("the old key is refused", async () => await StaysValid(second) && !await IsAccepted(first));
        }
        finally
        {
            await Engine.Host(host).Kill();
        }

        async Task<bool> IsAccepted(string token) =>
            (await new ApiCaller(Engine, host, token).Get("/v1/players/me/claims")).Status != HttpStatusCode.Unauthorized;

        async Task<bool> StaysValid(string token) =>
            await IsAccepted(token) ? true : throw new InvalidOperationException("A valid token was refused.");
    }
}
