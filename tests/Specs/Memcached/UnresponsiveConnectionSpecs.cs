using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The replacement of a connection without replies.</summary>
public sealed class UnresponsiveConnectionSpecs
{
    private static readonly TimeSpan DeadAfter = new MemcachedOptions().StallTimeout;

    [Fact]
    public async Task A_connection_without_a_reply_for_too_long_is_replaced()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var frozen = scenario.GetAsync("frozen");
        await scenario.Connection.ExpectAsync("mg frozen v c N30");

        scenario.Time.Advance(DeadAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(frozen));
        var waiting = scenario.GetAsync("waiting");
        await scenario.Connection.ExpectAsync("mg waiting v c N30");
        scenario.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(waiting));
        Assert.True(await scenario.Connection.IsClosedByClientAsync());
        await scenario.ReconnectAsync();
        Assert.True(await AnswersAsync(scenario));
    }

    private static async Task<bool> AnswersAsync(MemcachedScenario scenario)
    {
        var alive = scenario.Client.IsAliveAsync(TestContext.Current.CancellationToken);
        Assert.Equal("mn", await scenario.Connection.ReadLineAsync());
        await scenario.Connection.SendAsync("MN\r\n");
        return await alive;
    }
}
