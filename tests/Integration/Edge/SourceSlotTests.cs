using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>The concurrent requests of one source address.</summary>
public sealed class SourceSlotTests : EdgeTests
{
    private const string Greedy = "127.0.0.2";
    private const string OneClaim = "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";

    [Fact]
    public async Task One_source_cannot_use_all_administration_slots()
    {
        Hold("administration");
        var proxy = await StartProxy(("HUNT_ADMINISTRATION", "10"), ("HUNT_SOURCE_ADMINISTRATION", "3"));
        using var greedy = Proxy.From(Greedy);

        var held = Enumerable.Range(0, 3).Select(_ => proxy.Post(greedy, "/v1/hunts/x/open")).ToList();
        await WaitForRequests("the source has reached its limit", held, () => Held("administration") == 3);

        Assert.Equal("429 too-many-requests", (await proxy.Post(greedy, "/v1/hunts/x/open")).Problem);
        var other = proxy.Post(Http, "/v1/hunts/x/open");
        await WaitForRequests("another source has a slot", [.. held, other], () => Held("administration") == 4);
        Assert.All([.. held, other], request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task One_source_cannot_use_all_slots_of_claim_lists()
    {
        Hold("claim-lists");
        var proxy = await StartProxy(("HUNT_SOURCE_CLAIM_LISTS", "3"));
        using var greedy = Proxy.From(Greedy);

        var held = Enumerable.Range(0, 3).Select(_ => proxy.Post(greedy, "/v1/claims")).ToList();
        await WaitForRequests("the source has reached its limit", held, () => Held("claim-lists") == 3);

        Assert.Equal("429 too-many-requests", (await proxy.Post(greedy, "/v1/claims")).Problem);
        var other = proxy.Post(Http, "/v1/claims");
        await WaitForRequests("another source has a slot", [.. held, other], () => Held("claim-lists") == 4);
        Assert.All([.. held, other], request => Assert.False(request.IsCompleted));
    }

    [Fact]
    public async Task One_source_cannot_use_all_streams_and_long_polls()
    {
        Hold("streams", "long-polls");
        var proxy = await StartProxy(("HUNT_SOURCE_STREAMS", "6"));
        using var greedy = Proxy.From(Greedy);

        var held = Enumerable.Range(0, 3).SelectMany(_ => new[] { proxy.Get(greedy, "/v1/hunts/x/stream"), Poll(greedy) }).ToList();
        await WaitForRequests("the source has reached its limit", held, () => (Held("streams"), Held("long-polls")) == (3, 3));

        Assert.Equal("429 too-many-requests", (await proxy.Get(greedy, "/v1/hunts/x/stream")).Problem);
        Assert.Equal("429 too-many-requests", (await Poll(greedy)).Problem);
        Assert.Equal("200", (await proxy.Get(greedy, "/v1/hunts")).Problem);
        var other = proxy.Get(Http, "/v1/hunts/x/stream");
        await WaitForRequests("another source has a stream", [.. held, other], () => Held("streams") == 4);
        Assert.All([.. held, other], stream => Assert.False(stream.IsCompleted));

        Task<ApiResponse> Poll(HttpClient http) => proxy.Send(http, HttpMethod.Get, OneClaim, null, ("Prefer", "wait=30"));
    }
}
