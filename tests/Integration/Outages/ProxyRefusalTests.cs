using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Refusals of the proxy.</summary>
public sealed class ProxyRefusalTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task Full_pools_refuse_players_at_once_and_serve_administrators()
    {
        var api = Engine.Host("api-1").Url;
        using var proxy = await Proxy.Start(Engine.Http, api, api, ("HUNT_CLAIMS", "0"), ("HUNT_ACCEPTS", "0"), ("HUNT_READS", "0"));
        var (player, admin) = (ApiCallers.Token("treasure-hunt-player", "player"), ApiCallers.Administrator("admin", [.. Scopes.All]));

        var claim = await proxy.Post(Engine.Http, "/v1/treasures/gone/claims", player);
        var read = await proxy.Get(Engine.Http, "/v1/hunts");
        var command = await proxy.Post(Engine.Http, "/v1/hunts/gone/pause", admin);

        Assert.Equal(("429 intake-full", "429 reads-full", "404 hunt-not-found"), (claim.Problem, read.Problem, command.Problem));
        Assert.All([claim, read], turnedAway => Assert.Matches("^[123]$", turnedAway.Headers["Retry-After"]));
        Assert.All([claim, read], turnedAway => Assert.Equal("no-store", turnedAway.Headers["Cache-Control"]));
    }

    [Fact]
    public async Task Without_an_Api_the_proxy_returns_503_with_Retry_After()
    {
        var nowhere = new Uri($"http://127.0.0.1:{Proxy.FreePort()}");
        using var proxy = await Proxy.Start(Engine.Http, nowhere, nowhere);

        var waits = new HashSet<string>();
        await Poll.Until("Retry-After varies", async () =>
        {
            var read = await proxy.Get(Engine.Http, "/v1/hunts");
            var claim = await proxy.Post(Engine.Http, "/v1/treasures/goose/claims");
            Assert.All([read, claim], answer =>
            {
                Assert.Equal("503 unavailable", answer.Problem);
                Assert.Equal(("unavailable", "no-store"), (answer.Headers["Hunt-Status"], answer.Headers["Cache-Control"]));
                Assert.Matches("^[123]$", answer.Headers["Retry-After"]);
            });
            return waits.Add(read.Headers["Retry-After"]) && waits.Count > 1;
        });
    }
}
