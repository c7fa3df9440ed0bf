using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>The proxy routes a reader to one Api and fails over.</summary>
public sealed class ProxyFailoverTests(SharedEngine engine) : EngineTests(engine)
{
    private const string Leaving = "api-leaving";

    [Fact]
    public async Task A_reader_stays_on_one_Api_until_it_fails()
    {
        var leaving = await Engine.StartHost(Leaving, ("Visitors__Enabled", "false"));
        using var proxy = await Proxy.Start(Engine.Http, Engine.Host("api-1").Url, leaving.Url);
        var readers = Enumerable.Range(0, 40).Select(n => ApiCallers.Token("treasure-hunt-player", $"reader-{n}")).ToList();
        await Poll.Until("the proxy routes to both Apis", async () => (await RespondingApis()).Distinct().Count() == 2);

        var before = await RespondingApis();
        Assert.Equal(before, await RespondingApis());

        await leaving.Kill();
        var after = await RespondingApis();
        var failed = before.Except(after).Single();
        Assert.All(before.Zip(after).Where(pair => pair.First != failed), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Single(after.Distinct());

        // The start of its current level identifies an Api.
        async Task<List<string>> RespondingApis()
        {
            var apis = new List<string>();
            foreach (var reader in readers)
            {
                var answer = await proxy.Get(Engine.Http, "/v1/status", reader);
                Assert.Equal("200", answer.Problem);
                apis.Add(answer.TextOf("since")!);
            }

            return apis;
        }
    }
}
