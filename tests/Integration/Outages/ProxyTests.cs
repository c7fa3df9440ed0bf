using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The door in front of the Apis: who is sent where, and what it says when nobody is there.</summary>
public sealed class ProxyTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Leaving = "api-leaving";
    private const string Slow = "api-slow";

    [Fact]
    public async Task A_reader_asks_one_Api_until_that_one_dies_and_then_the_other()
    {
        var leaving = await Engine.Add(Leaving, ("Visitors__Enabled", "false"));
        using var proxy = await Proxy.Start(Engine.Http, Engine.Host("api-1").Url, leaving.Url);
        var readers = Enumerable.Range(0, 40).Select(n => ApiCallers.Token("treasure-hunt-player", $"reader-{n}")).ToList();
        await Until.True("the proxy knows both", async () => (await Answerers()).Distinct().Count() == 2);

        var before = await Answerers();
        Assert.Equal(before, await Answerers());

        await leaving.Kill();
        var after = await Answerers();
        var gone = before.Except(after).Single();
        Assert.All(before.Zip(after).Where(pair => pair.First != gone), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Single(after.Distinct());

        // An Api is known by the moment since which it has been well.
        async Task<List<string>> Answerers()
        {
            var answerers = new List<string>();
            foreach (var reader in readers)
            {
                var answer = await proxy.Get(Engine.Http, "/v1/status", reader);
                Assert.Equal("200", answer.Problem);
                answerers.Add(answer.Word("since")!);
            }

            return answerers;
        }
    }

    [Fact]
    public async Task A_reader_whose_Api_dies_is_shown_nothing_older_by_the_other_although_that_remembers_it()
    {
        // An Api that hears from Memcached late shows what it remembers, however old, while it asks.
        await using var memcached = Relay.To(Servers.Memcached);
        memcached.Delay(Direction.ToClient, TimeSpan.FromMilliseconds(80));
        var (leaving, staying) = (await Engine.Add(Leaving), await Engine.Add(Slow, ("ConnectionStrings__Memcached", memcached.Name)));
        using var proxy = await Proxy.Start(Engine.Http, leaving.Url, staying.Url);
        var reader =
            await Until.Some(
                "somebody reads from the Api that dies",
                async () => await At(leaving, ApiCallers.Token("treasure-hunt-player", Ids.FreshSlug())));
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var path = $"/v1/treasures/{treasureId}";
        await Until.True("the other Api knows it", async () => (await Engine.Nobody(Slow).Get(path)).Problem == "200");
        await Engine.Player("alice").Wins(treasureId, "key");
        await Until.True(
            "the reader sees that one is gone", async () => (await proxy.Get(Engine.Http, path, reader)).Number("remaining") == 4);

        await leaving.Kill();
        var after = await proxy.Get(Engine.Http, path, reader);

        Assert.Equal(("200", 4L), (after.Problem, after.Number("remaining")));
        await staying.Kill();

        // An Api is known by the moment since which it has been well.
        async Task<string?> At(HostProcess api, string token)
        {
            var answers = await Task.WhenAll(proxy.Get(Engine.Http, "/v1/status", token), Engine.Nobody(api.Name).Get("/v1/status"));
            return answers[0].Word("since") == answers[1].Word("since") ? token : null;
        }
    }

    [Fact]
    public async Task Whoever_would_only_wait_is_turned_away_at_once_but_an_admin_may_act()
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
    public async Task When_no_Api_is_there_it_says_so_itself_and_when_to_come_back()
    {
        var nowhere = new Uri($"http://127.0.0.1:{Proxy.FreePort()}");
        using var proxy = await Proxy.Start(Engine.Http, nowhere, nowhere);

        var waits = new HashSet<string>();
        await Until.True("not everybody is to come back at once", async () =>
        {
            var answer = await proxy.Get(Engine.Http, "/v1/hunts");
            Assert.Equal("503 unavailable", answer.Problem);
            Assert.Equal(("unavailable", "no-store"), (answer.Headers["Hunt-Status"], answer.Headers["Cache-Control"]));
            Assert.Matches("^[123]$", answer.Headers["Retry-After"]);
            return waits.Add(answer.Headers["Retry-After"]) && waits.Count > 1;
        });
    }
}
