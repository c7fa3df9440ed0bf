using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Everybody shares one connection, and everybody gets their own reply.</summary>
public sealed class PipeliningSpecs
{
    [Fact]
    public async Task Replies_reach_their_callers_in_the_order_of_the_requests()
    {
        await using var scene = await MemcachedScenario.OpenAsync();

        var (first, second, third) = (scene.GetAsync("one"), scene.SetAsync("two", "2"), scene.GetAsync("three"));
        var (n1, n2, n3) = (await scene.Wire.ExpectAsync("mg one v c N30"), await scene.Wire.ExpectAsync(
            "ms two 1 T60", "2"), await scene.Wire.ExpectAsync("mg three v c N30"));
        await scene.Wire.SayAsync($"VA 1 c1 O{n1}\r\nA\r\nHD O{n2}\r\nVA 1 c3 O{n3}\r\nC\r\n");

        Assert.Equal("A", MemcachedScenario.Text(await first));
        await second;
        Assert.Equal("C", MemcachedScenario.Text(await third));
    }

    [Fact]
    public async Task A_thousand_callers_at_once_each_get_their_own_value()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var serving = Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                var words = (await scene.Wire.ReadLineAsync()).Split(' ');
                await scene.Wire.SayValueAsync(words[^1][1..], $"value of {words[1]}");
            }
        }, TestContext.Current.CancellationToken);

        var reads = await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => Task.Run(() => scene.GetAsync($"key{n}"))));

        await serving;
        Assert.All(reads.Index(), read => Assert.Equal($"value of key{read.Index}", MemcachedScenario.Text(read.Item)));
    }

    [Fact]
    public async Task Half_a_reply_waits_for_the_other_half()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var get = scene.GetAsync("k");
        var reply = $"VA 5 c1 O{await scene.Wire.ExpectAsync("mg k v c N30")}\r\nhello\r\n";

        foreach (var c in reply[..^1])
        {
            await scene.Wire.SayAsync(c.ToString());
        }

        Assert.False(get.IsCompleted);
        await scene.Wire.SayAsync(reply[^1..]);
        Assert.Equal("hello", MemcachedScenario.Text(await get));
    }

    [Fact]
    public async Task A_refused_request_leaves_the_others_alone()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var (set, get) = (scene.SetAsync("big", "xxx"), scene.GetAsync("k"));
        await scene.Wire.ExpectAsync("ms big 3 T60", "xxx");
        var number = await scene.Wire.ExpectAsync("mg k v c N30");

        await scene.Wire.SayAsync($"SERVER_ERROR object too large for cache\r\nVA 1 c1 O{number}\r\nK\r\n");

        Assert.Equal(MemcachedFailure.Refused, await MemcachedScenario.FailureOf(set));
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }

    [Fact]
    public async Task A_value_too_large_is_refused_before_a_byte_is_sent()
    {
        await using var scene = await MemcachedScenario.OpenAsync(options => options.MaxValueBytes = 5);

        await Assert.ThrowsAsync<ArgumentException>(() => scene.SetAsync("k", "123456"));
        await Assert.ThrowsAsync<ArgumentException>(() => scene.SetAsync("k", ""));

        var fits = scene.SetAsync("k", "12345");
        await scene.Wire.SayAsync($"HD O{await scene.Wire.ExpectAsync("ms k 5 T60", "12345")}\r\n");
        await fits;
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\r\nflush_all")]
    [InlineData("tab\t")]
    [InlineData("nul\0")]
    [InlineData("délete\u007f")]
    [InlineData("\u00e4")]
    public async Task Keys_that_the_protocol_cannot_carry_are_refused(string key)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => scene.GetAsync(key));
    }

    [Fact]
    public async Task Keys_have_at_most_250_characters()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => scene.GetAsync(new string('k', 251)));

        var longest = new string('k', 250);
        var get = scene.GetAsync(longest);
        await scene.Wire.SayAsync($"EN O{await scene.Wire.ExpectAsync($"mg {longest} v c N30")}\r\n");
        Assert.Equal(CacheStatus.Miss, (await get).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(30 * 86400 + 1)]
    public async Task Times_to_live_are_a_second_to_thirty_days(double seconds)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            scene.Client.SetAsync("k", new byte[1], TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken).AsTask());
    }
}
