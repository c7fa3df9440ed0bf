using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class ShardCountSpecs
{
    [Theory]
    [InlineData(null, 4)]
    [InlineData("", 4)]
    [InlineData("1", 1)]
    [InlineData("64", 64)]
    public void It_is_from_one_to_sixty_four_and_four_unless_set(string? configured, int count) => Assert.Equal(count, BusNames.ShardCount(configured));

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("-1")]
    [InlineData("four")]
    [InlineData("2.5")]
    public void Anything_else_is_refused_by_name(string configured) =>
        Assert.Contains($"Shards__Count is '{configured}'", Assert.Throws<ArgumentException>(() => BusNames.ShardCount(configured)).Message, StringComparison.Ordinal);
}
