using TreasureHunt.Platform.Memcached;
using Xunit;
using static TreasureHunt.Specs.Memcached.SetIfNewerScenario;

namespace TreasureHunt.Specs.Memcached;

public sealed class SetIfNewerSpecs
{
    [Fact]
    public async Task An_absent_key_is_added()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scenario, 7);

        await AnswerPeekAsync(scenario, "EN O{0}\r\n");
        await scenario.Connection.SendAsync($"HD O{await scenario.Connection.ExpectAsync("ms k 4 ME T60", "7|{}")}\r\n");

        Assert.Equal(ConditionalWrite.Stored, await write);
    }

    [Theory]
    [InlineData("VA 4 c3 O{0}\r\n6|{}\r\n")]
    [InlineData("VA 4 c3 O{0} X W\r\n6|{}\r\n")]
    [InlineData("VA 0 c3 O{0} Z\r\n\r\n")] // A reader holds the lease; its fill will fail.
    [InlineData("VA 7 c3 O{0}\r\ngarbage\r\n")]
    public async Task An_older_value_is_replaced_if_it_has_not_changed_since(string stored)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scenario, 7);

        await AnswerPeekAsync(scenario, stored);
        await scenario.Connection.SendAsync($"HD O{await scenario.Connection.ExpectAsync("ms k 4 C3 T60", "7|{}")}\r\n");

        Assert.Equal(ConditionalWrite.Stored, await write);
    }

    [Theory]
    [InlineData("7|{}")]
    [InlineData("8|{}")]
    public async Task An_equal_or_newer_value_is_kept(string stored)
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scenario, 7);

        await AnswerPeekAsync(scenario, "VA 4 c3 O{0}\r\n" + stored + "\r\n");

        Assert.Equal(ConditionalWrite.Kept, await write);
    }
}
