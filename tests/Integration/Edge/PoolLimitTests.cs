using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Each pool of requests has a separate concurrency limit.</summary>
public sealed class PoolLimitTests : EdgeTests
{
    private const string OneClaim = "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";
    private static readonly (string, string) Waiting = ("Prefer", "wait=30");

    [Fact]
    public async Task Every_pool_has_its_own_limit()
    {
        string[] pools = [
            "waiting-claims", "claims", "claim-lists", "claim-streams", "reads", "claim-reads", "long-polls", "streams", "administration"];
        Hold(pools);
        var proxy = await StartProxy(
            ("HUNT_CLAIMS", "2"), ("HUNT_ACCEPTS", "2"), ("HUNT_CLAIM_LISTS", "2"), ("HUNT_CLAIM_STREAMS", "2"), ("HUNT_READS", "2"),
            ("HUNT_CLAIM_READS", "2"), ("HUNT_POLLS", "2"),
            ("HUNT_STREAMS", "2"), ("HUNT_ADMINISTRATION", "2"));
        List<Func<Task<ApiResponse>>> asks =
        [
            () => proxy.Post(Http, Claims, null, Waiting), () => proxy.Post(Http, Claims),
            () => proxy.Post(Http, "/v1/claims"), () => proxy.Post(Http, "/v1/claims/stream"), () => Read(proxy, "/v1/hunts"),
            () => Read(proxy, OneClaim),
            () => Read(proxy, OneClaim, Waiting), () => Read(proxy, "/v1/hunts/x/stream"), () => proxy.Post(Http, "/v1/hunts/x/open"),
        ];

        var held = asks.SelectMany(ask => new[] { ask(), ask() }).ToList();
        await WaitForRequests("all pools are full", held, () => pools.All(pool => Held(pool) == 2));
        var refused = new List<string>();
        foreach (var ask in asks)
        {
            refused.Add((await ask()).Problem);
        }

        Assert.Equal(
            [
                "429 intake-full", "429 intake-full", "429 intake-full", "503 streams-full",
                "429 reads-full", "429 reads-full", "429 reads-full", "503 streams-full",
                "429 too-many-requests",
            ],
            refused);
        Assert.All(held, request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task A_caller_cannot_choose_its_pool()
    {
        var proxy = await StartProxy();
        var answer = await Read(proxy, "/v1/hunts", ("Hunt-Pool", "streams"), ("Hunt-Reader-From", "api-9"), ("Hunt-Reader-At", "api-9"));

        Assert.Equal("reads", answer.TextOf("pool"));
        Assert.DoesNotContain("api-9", answer.Text, StringComparison.Ordinal);
    }

    private Task<ApiResponse> Read(Proxy proxy, string path, params (string Name, string Value)[] headers) =>
        proxy.Send(Http, HttpMethod.Get, path, null, headers);
}
