using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Hosting;

namespace TreasureHunt.Peers.Front;

/// <summary>The host of a peer: logs, telemetry, health and tokens as in the engine's Api.</summary>
public static class PeerHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args, string name)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddHostDefaults($"peer-{name}");
        builder.AddTokens(nameof(AuthOptions.Players), nameof(AuthOptions.Administrators));
        return builder;
    }

    /// <summary>Runs the front over the <see cref="Peer"/> that was added to the services.</summary>
    public static async Task RunFrontAsync(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseAuthentication().UseAuthorization();
        app.MapOperations();
        app.MapGroup("/v1").MapPeer(app.Services.GetRequiredService<Peer>());
        await app.Services.GetRequiredService<Peer>().PrepareAsync(app.Lifetime.ApplicationStopping);
        await app.RunAsync();
    }

    /// <summary>Runs a worker of fronts, with its health endpoints.</summary>
    public static async Task RunWorkerAsync(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.MapOperations();
        await app.RunAsync();
    }
}
