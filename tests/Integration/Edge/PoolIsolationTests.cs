using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary>Streams and long polls have separate concurrency limits.</summary>
public sealed class PoolIsolationTests : EdgeTests
{
    private const string OneClaim = "/v1/claims/5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1";
    private static readonly (string, string) Waiting = ("Prefer", "wait=30");

    [Fact]
    public async Task Streams_never_use_the_slots_of_reads()
    {
        Hold("streams");
        var proxy = await StartProxy(("HUNT_STREAMS", "10"), ("HUNT_READS", "5"));

        var streams = Enumerable.Range(0, 10).Select(_ => Read(proxy, "/v1/hunts/x/stream")).ToList();
        await WaitForRequests("ten streams are open", streams, () => Held("streams") == 10);
        var eleventh = await Read(proxy, "/v1/hunts/x/stream");

        Assert.Equal(("503 streams-full", "normal"), (eleventh.Problem, eleventh.Headers["Hunt-Status"]));
        Assert.Matches("^[123]$", eleventh.Headers["Retry-After"]);
        Assert.Equal("200", (await Read(proxy, "/v1/hunts")).Problem);
        Assert.All(streams, stream => Assert.False(stream.IsCompleted));
    }

    [Fact]
    public async Task Long_polls_never_use_the_slots_of_reads()
    {
        Hold("long-polls", "claim-reads");
        var proxy = await StartProxy(("HUNT_TRUSTED_SOURCES", "127.0.0.1"));

        var polls = Enumerable.Range(0, 230).Select(_ => Read(proxy, OneClaim, Waiting)).ToList();
        polls.AddRange(Enumerable.Range(0, 300).Select(_ => Read(proxy, OneClaim)));
        await WaitForRequests("all polls are held", polls, () => (Held("long-polls"), Held("claim-reads")) == (230, 300));

        Assert.Equal("200", (await Read(proxy, "/v1/hunts")).Problem);
        Assert.Equal("200", (await Read(proxy, "/")).Problem);
        Assert.Equal("429 reads-full", (await Read(proxy, OneClaim)).Problem);
        Assert.All(polls, poll => Assert.False(poll.IsCompleted));
    }

    private Task<ApiResponse> Read(Proxy proxy, string path, params (string Name, string Value)[] headers) =>
        proxy.Send(Http, HttpMethod.Get, path, null, headers);
}
