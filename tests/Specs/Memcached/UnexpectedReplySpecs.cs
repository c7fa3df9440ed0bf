using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>An unexpected reply closes the connection.</summary>
public sealed class UnexpectedReplySpecs
{
    [Theory]
    [InlineData("VA 5 c1 O999\r\nother\r\n")] // The value of another request.
    [InlineData("VA 5 c1\r\nother\r\n")]
    [InlineData("MN\r\n")]
    [InlineData("CLIENT_ERROR bad data chunk\r\n")]
    [InlineData("\0\0\0\0\r\n")]
    public async Task An_unexpected_reply_fails_the_request_and_closes_the_connection(string reply)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var get = scenario.GetAsync("k");
        await scenario.Connection.ExpectAsync("mg k v c N30");

        await scenario.Connection.SendAsync(reply);

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(get));
        Assert.True(await scenario.Connection.IsClosedByClientAsync());
        await scenario.ReconnectAsync();
    }

    [Fact]
    public async Task A_reply_without_a_request_closes_the_connection()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();

        await scenario.Connection.SendAsync("HD\r\n");

        Assert.True(await scenario.Connection.IsClosedByClientAsync());
    }
}
