using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The comparison of the If-None-Match header with the current ETag.</summary>
public class ETagSpecs
{
    private static readonly string Current = ETag.Of(17, "available-2");

    [Fact]
    public void An_ETag_contains_the_position_and_the_state() =>
        Assert.Equal(("\"17-available-2\"", "\"17\""), (Current, ETag.Of(17)));

    [Theory]
    [InlineData("\"17-available-2\"")]
    [InlineData("W/\"17-available-2\"")]
    [InlineData("\"3\", \"17-available-2\"")]
    [InlineData("*")]
    public void The_current_ETag_matches(string header) => Assert.Equal(Current, ETag.Match(header, Current, 17));

    [Theory]
    [InlineData("\"18-exhausted-2\"", "\"18-exhausted-2\"")]
    [InlineData("\"9\", W/\"170\"", "\"170\"")]
    public void An_ETag_with_a_later_position_matches(string header, string expected) =>
        Assert.Equal(expected, ETag.Match(header, Current, 17));

    [Theory]
    [InlineData("")]
    [InlineData("\"16-available-2\"")]
    [InlineData("\"17-available-1\"")]
    [InlineData("\"another\"")]
    [InlineData("\"-99\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("18")]
    [InlineData("\"18-é\"")]
    [InlineData("\"18-a b\"")]
    [InlineData("\"18-\"")]
    [InlineData("W/  ")]
    public void Any_other_ETag_does_not_match(string header) => Assert.Null(ETag.Match(header, Current, 17));
}
