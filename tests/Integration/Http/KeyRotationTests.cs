using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Keys that a host fetches: they change without a restart and without a moment in which a valid token is refused.</summary>
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
        await Engine.Add(
            host,
            ("Auth__Players__JwksFile", ""),
            ($"Auth__Players__{source}", source == "Authority" ? issuer : new Uri(server.Url, "/jwks.json").ToString()),
            ("Auth__Players__Issuer", source == "Authority" ? "" : issuer),
            ("Auth__RefreshInterval", "1s"),
            ("Visitors__Enabled", "false"));
        try
        {
            var (first, second) = (old.Token(Audiences.Player, "alice"), renewed.Token(Audiences.Player, "alice"));
            Assert.Equal((true, false), (await IsTaken(first), await IsTaken(second)));

            // Both at once: what has the old one goes on, and so it does while its keys cannot be fetched.
            server.Jwks = TestIssuer.Jwks(old, renewed);
            await Until.True("the new key is taken", async () => await StaysValid(first) && await IsTaken(second));
            server.Jwks = null;
            await server.IsAsked(3);
            Assert.Equal((true, true), (await IsTaken(first), await IsTaken(second)));

            server.Jwks = TestIssuer.Jwks(renewed);
            await Until.True("the old key has ended", async () => await StaysValid(second) && !await IsTaken(first));
        }
        finally
        {
            await Engine.Host(host).Kill();
        }

        async Task<bool> IsTaken(string token) =>
            (await new ApiCaller(Engine, host, token).Get("/v1/players/me/claims")).Status != HttpStatusCode.Unauthorized;

        async Task<bool> StaysValid(string token) =>
            await IsTaken(token) ? true : throw new InvalidOperationException("A valid token was refused.");
    }

    /// <summary>Publishes a key set, as an issuer does.</summary>
    private sealed class JwksServer : IAsyncDisposable
    {
        private readonly WebApplication _app;
        private int _asked;

        private JwksServer(WebApplication app) => _app = app;

        /// <summary>What it publishes; while it is null, it answers with 503.</summary>
        public string? Jwks { get; set; }

        public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        public static async Task<JwksServer> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var server = new JwksServer(builder.Build());
            server._app.MapGet("/jwks.json", () =>
            {
                Interlocked.Increment(ref server._asked);
                return server.Jwks is { } jwks ? Results.Text(jwks, "application/json") : Results.StatusCode(503);
            });
            server._app.MapGet(
                "/.well-known/openid-configuration",
                () => Results.Json(new { issuer = server.Url.ToString().TrimEnd('/'), jwks_uri = new Uri(server.Url, "/jwks.json") }));
            await server._app.StartAsync();
            return server;
        }

        /// <summary>Ends when it was asked so many times more.</summary>
        public Task IsAsked(int times)
        {
            var before = Volatile.Read(ref _asked);
            return Until.True("the key set is asked for", () => Volatile.Read(ref _asked) >= before + times);
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
