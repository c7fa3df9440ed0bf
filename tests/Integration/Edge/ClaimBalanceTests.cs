using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Edge;

/// <summary><c>HUNT_CLAIM_BALANCE</c>: the Api to which the proxy sends a claim.</summary>
public sealed class ClaimBalanceTests : EdgeTests
{
    private const string Pool = "claims";

    [Theory]
    [InlineData("first", 4, 0)]
    [InlineData("leastconn", 2, 2)]
    public async Task Claims_go_to_the_first_Api_or_to_both(string balance, int atFirst, int atSecond)
    {
        Hold(Pool);
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", balance));

        var held = Enumerable.Range(0, 4).Select(_ => proxy.Post(Http, Claims)).ToList();

        await WaitForRequests(
            "the claims are held", held, () => (First.Held(Pool), Second.Held(Pool)) == (atFirst, atSecond));
    }

    [Fact]
    public async Task A_claim_goes_to_the_second_Api_at_once_when_the_first_has_ended()
    {
        var proxy = await StartProxy(("HUNT_CLAIM_BALANCE", "first"));
        Assert.Equal("200", (await proxy.Post(Http, Claims)).Problem);

        await First.DisposeAsync();

        // HAProxy needs three checks, a second apart, to notice that the Api has ended.
        Assert.Equal("200", (await proxy.Post(Http, Claims)).Problem);
    }
}
