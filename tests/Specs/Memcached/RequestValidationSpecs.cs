using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>The validation of keys, values and times to live before a request is sent.</summary>
public sealed class RequestValidationSpecs
{
    [Fact]
    public async Task A_value_of_invalid_size_is_refused_before_it_is_sent()
    {
        await using var scenario = await MemcachedScenario.OpenAsync(options => options.MaxValueBytes = 5);

        await Assert.ThrowsAsync<ArgumentException>(() => scenario.AddAsync("k", "123456"));
        await Assert.ThrowsAsync<ArgumentException>(() => scenario.AddAsync("k", ""));

        var fits = scenario.AddAsync("k", "12345");
        await scenario.Connection.SendAsync($"HD O{await scenario.Connection.ExpectAsync("ms k 5 ME T60", "12345")}\r\n");
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
    public async Task Keys_with_invalid_characters_are_refused(string key)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => scenario.GetAsync(key));
    }

    [Fact]
    public async Task Keys_have_at_most_250_characters()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => scenario.GetAsync(new string('k', 251)));

        var longest = new string('k', 250);
        var get = scenario.GetAsync(longest);
        await scenario.Connection.SendAsync($"EN O{await scenario.Connection.ExpectAsync($"mg {longest} v c N30")}\r\n");
        Assert.Equal(CacheStatus.Miss, (await get).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(30 * 86400 + 1)]
    public async Task A_ttl_outside_one_second_to_thirty_days_is_refused(double seconds)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            scenario.Client.SetUnlessAsync(
                "k", new byte[1], _ => false, TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken).AsTask());
    }
}
