using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Reads stay monotonic across a failover of the proxy.</summary>
public sealed class ProxyMonotonicReadTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Leaving = "api-leaving";
    private const string Slow = "api-slow";

    [Fact]
    public async Task A_reader_never_sees_an_older_state_after_its_Api_fails()
    {
        // An Api with a slow Memcached serves its local value while it refreshes it.
        await using var memcached = FaultyTcpProxy.To(Servers.Memcached);
        memcached.Delay(Direction.ToClient, TimeSpan.FromMilliseconds(80));
        var leaving = await Engine.StartHost(Leaving);
        var staying = await Engine.StartHost(Slow, ("ConnectionStrings__Memcached", memcached.Address));
        using var proxy = await Proxy.Start(Engine.Http, leaving.Url, staying.Url);
        var reader =
            await Poll.For(
                "a reader is routed to the Api that fails",
                async () => await At(leaving, ApiCallers.Token("treasure-hunt-player", Ids.FreshSlug())));
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var path = $"/v1/treasures/{treasureId}";
        await Poll.Until("the other Api shows the treasure", async () => (await Engine.Anonymous(Slow).Get(path)).Problem == "200");
        await Engine.Player("alice").Wins(treasureId, "key");
        await Poll.Until(
            "the reader sees the award", async () => (await proxy.Get(Engine.Http, path, reader)).NumberOf("remaining") == 4);

        await leaving.Kill();
        var after = await proxy.Get(Engine.Http, path, reader);

        Assert.Equal(("200", 4L), (after.Problem, after.NumberOf("remaining")));
        await staying.Kill();

        // The start of its current level identifies an Api.
        async Task<string?> At(HostProcess api, string token)
        {
            var answers = await Task.WhenAll(proxy.Get(Engine.Http, "/v1/status", token), Engine.Anonymous(api.Name).Get("/v1/status"));
            return answers[0].TextOf("since") == answers[1].TextOf("since") ? token : null;
        }
    }
}
