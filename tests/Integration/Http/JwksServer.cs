using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Http;

/// <summary>Serves a key set, as an issuer does.</summary>
internal sealed class JwksServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private JwksServer(WebApplication app) => _app = app;

    /// <summary>The published key set; null for the status 503.</summary>
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
            Interlocked.Increment(ref server._requests);
            return server.Jwks is { } jwks ? Results.Text(jwks, "application/json") : Results.StatusCode(503);
        });
        server._app.MapGet(
            "/.well-known/openid-configuration",
            () => Results.Json(new { issuer = server.Url.ToString().TrimEnd('/'), jwks_uri = new Uri(server.Url, "/jwks.json") }));
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Waits for a number of further requests.</summary>
    public Task WaitForRequests(int times)
    {
        var before = Volatile.Read(ref _requests);
        return Poll.Until("the key set is requested", () => Volatile.Read(ref _requests) >= before + times);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
