using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

public sealed class SetIfNewerSpecs
{
    [Fact]
    public async Task An_absent_key_is_added()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scene, 7);

        await AnswerPeekAsync(scene, "EN O{0}\r\n");
        await scene.Wire.SayAsync($"HD O{await scene.Wire.ExpectAsync("ms k 4 ME T60", "7|{}")}\r\n");

        Assert.Equal(ConditionalWrite.Stored, await write);
    }

    [Theory]
    [InlineData("VA 4 c3 O{0}\r\n6|{}\r\n")]
    [InlineData("VA 4 c3 O{0} X W\r\n6|{}\r\n")]
    [InlineData("VA 0 c3 O{0} Z\r\n\r\n")] // A reader is about to fill: it will find that it is too late.
    [InlineData("VA 7 c3 O{0}\r\ngarbage\r\n")]
    public async Task Anything_older_is_replaced_if_nobody_comes_in_between(string there)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scene, 7);

        await AnswerPeekAsync(scene, there);
        await scene.Wire.SayAsync($"HD O{await scene.Wire.ExpectAsync("ms k 4 C3 T60", "7|{}")}\r\n");

        Assert.Equal(ConditionalWrite.Stored, await write);
    }

    [Theory]
    [InlineData("7|{}")]
    [InlineData("8|{}")]
    public async Task The_same_and_anything_newer_stays(string there)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scene, 7);

        await AnswerPeekAsync(scene, "VA 4 c3 O{0}\r\n" + there + "\r\n");

        Assert.Equal(ConditionalWrite.Kept, await write);
    }

    [Theory]
    [InlineData("EN O{0}\r\n", "ms k 4 ME T60", "NS")]
    [InlineData("VA 4 c3 O{0}\r\n5|{}\r\n", "ms k 4 C3 T60", "EX")]
    [InlineData("VA 4 c3 O{0}\r\n5|{}\r\n", "ms k 4 C3 T60", "NF")]
    public async Task Whoever_loses_the_race_looks_again(string there, string attempt, string refusal)
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scene, 7);

        await AnswerPeekAsync(scene, there);
        await scene.Wire.SayAsync($"{refusal} O{await scene.Wire.ExpectAsync(attempt, "7|{}")}\r\n");
        await AnswerPeekAsync(scene, "VA 4 c9 O{0}\r\n8|{}\r\n");

        Assert.Equal(ConditionalWrite.Kept, await write);
    }

    [Fact]
    public async Task The_lease_of_a_stale_value_goes_back_when_nothing_is_written()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var write = WriteAsync(scene, 7);

        await AnswerPeekAsync(scene, "VA 4 c3 O{0} X W\r\n7|{}\r\n");
        await scene.Wire.SayAsync($"HD O{await scene.Wire.ExpectAsync("md k I C3")}\r\n");

        Assert.Equal(ConditionalWrite.Kept, await write);
    }

    private static Task<ConditionalWrite> WriteAsync(MemcachedScenario scene, long sequence) =>
        scene.Client.SetIfNewerAsync(
            "k", new VersionedValue(sequence, MemcachedScenario.Bytes("{}")), MemcachedScenario.Ttl, TestContext.Current.CancellationToken)
            .AsTask().WaitAsync(Wire.Patience);

    private static async Task AnswerPeekAsync(MemcachedScenario scene, string reply) =>
        await scene.Wire.SayAsync(reply.Replace("{0}", await scene.Wire.ExpectAsync("mg k v c"), StringComparison.Ordinal));
}
