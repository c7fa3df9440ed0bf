using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A request can time out. Its late reply is still read and never reaches another caller.</summary>
public sealed class RequestTimeoutSpecs
{
    private static readonly TimeSpan Timeout = new MemcachedOptions().Timeout;

    [Fact]
    public async Task One_late_reply_does_not_disturb_the_others()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var late = scenario.GetAsync("late");
        var lateNumber = await scenario.Connection.ExpectAsync("mg late v c N30");
        scenario.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(late));

        var next = scenario.GetAsync("next");
        var nextNumber = await scenario.Connection.ExpectAsync("mg next v c N30");
        await scenario.Connection.SendValueAsync(lateNumber, "LATE");
        await scenario.Connection.SendValueAsync(nextNumber, "NEXT");

        Assert.Equal("NEXT", MemcachedScenario.Text(await next));
    }

    [Fact]
    public async Task Each_request_has_its_own_timeout()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var first = scenario.GetAsync("first");
        scenario.Time.Advance(Timeout * 0.6);
        var second = scenario.GetAsync("second");

        scenario.Time.Advance(Timeout * 0.4);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(first));
        Assert.False(second.IsCompleted);

        scenario.Time.Advance(Timeout * 0.6);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(second));

        var third = scenario.GetAsync("third"); // No other request is pending, so the timer must be set again.
        scenario.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(third));
    }
}
