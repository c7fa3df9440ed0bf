using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The limits of pending requests and unsent bytes.</summary>
public sealed class PendingRequestLimitSpecs
{
    private static readonly TimeSpan Timeout = new MemcachedOptions().Timeout;

    [Fact]
    public async Task Requests_above_the_limit_of_pending_ones_fail_immediately()
    {
        await using var scenario = await MemcachedScenario.OpenAsync(options => options.MaxPending = 2);
        var (first, second) = (scenario.GetAsync("one"), scenario.GetAsync("two"));

        Assert.Equal(MemcachedFailure.Overloaded, await MemcachedScenario.FailureOf(scenario.GetAsync("three")));

        await scenario.Connection.SendValueAsync(await scenario.Connection.ExpectAsync("mg one v c N30"), "1");
        await scenario.Connection.SendValueAsync(await scenario.Connection.ExpectAsync("mg two v c N30"), "2");
        Assert.Equal(("1", "2"), (MemcachedScenario.Text(await first), MemcachedScenario.Text(await second)));
    }

    [Fact]
    public async Task Unsent_bytes_are_limited_when_the_server_does_not_read()
    {
        await using var scenario = await MemcachedScenario.OpenAsync(options => options.MaxUnsentBytes = 1 << 20);
        var value = new string('x', 1_000_000);

        var adds = Enumerable.Range(0, 100).Select(n => scenario.AddAsync($"k{n}", value)).ToArray();
        Assert.Equal(MemcachedFailure.Overloaded, await MemcachedScenario.FailureOf(adds[^1]));

        scenario.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(adds[0]));
    }
}
