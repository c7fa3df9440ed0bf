using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>All callers share one connection, and each gets its own reply.</summary>
public sealed class PipeliningSpecs
{
    [Fact]
    public async Task Replies_reach_their_callers_in_the_order_of_the_requests()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();

        var (first, second, third) = (scenario.GetAsync("one"), scenario.AddAsync("two", "2"), scenario.GetAsync("three"));
        var (n1, n2, n3) = (await scenario.Connection.ExpectAsync("mg one v c N30"), await scenario.Connection.ExpectAsync(
            "ms two 1 ME T60", "2"), await scenario.Connection.ExpectAsync("mg three v c N30"));
        await scenario.Connection.SendAsync($"VA 1 c1 O{n1}\r\nA\r\nHD O{n2}\r\nVA 1 c3 O{n3}\r\nC\r\n");

        Assert.Equal("A", MemcachedScenario.Text(await first));
        await second;
        Assert.Equal("C", MemcachedScenario.Text(await third));
    }

    [Fact]
    public async Task A_thousand_concurrent_callers_each_get_their_own_value()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var serving = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var words = (await scenario.Connection.ReadLineAsync()).Split(' ');
                await scenario.Connection.SendValueAsync(words[^1][1..], $"value of {words[1]}");
            }
        }, TestContext.Current.CancellationToken);

        var reads = await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => Task.Run(() => scenario.GetAsync($"key{n}"))));

        await serving;
        Assert.All(reads.Index(), read => Assert.Equal($"value of key{read.Index}", MemcachedScenario.Text(read.Item)));
    }

    [Fact]
    public async Task An_incomplete_reply_waits_for_its_rest()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var get = scenario.GetAsync("k");
        var reply = $"VA 5 c1 O{await scenario.Connection.ExpectAsync("mg k v c N30")}\r\nhello\r\n";

        foreach (var c in reply[..^1])
        {
            await scenario.Connection.SendAsync(c.ToString());
        }

        Assert.False(get.IsCompleted);
        await scenario.Connection.SendAsync(reply[^1..]);
        Assert.Equal("hello", MemcachedScenario.Text(await get));
    }

    [Fact]
    public async Task A_refused_request_does_not_disturb_the_others()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var (set, get) = (scenario.AddAsync("big", "xxx"), scenario.GetAsync("k"));
        await scenario.Connection.ExpectAsync("ms big 3 ME T60", "xxx");
        var number = await scenario.Connection.ExpectAsync("mg k v c N30");

        await scenario.Connection.SendAsync($"SERVER_ERROR object too large for cache\r\nVA 1 c1 O{number}\r\nK\r\n");

        Assert.Equal(MemcachedFailure.Refused, await MemcachedScenario.FailureOf(set));
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }
}
