using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Who may keep what it has.</summary>
public class ETagSpecs
{
    private static readonly string Ours = ETag.Of(17, "available-2");

    [Fact]
    public void It_names_the_log_position_and_what_else_the_answer_depends_on() =>
        Assert.Equal(("\"17-available-2\"", "\"17\""), (Ours, ETag.Of(17)));

    [Theory]
    [InlineData("\"17-available-2\"")]
    [InlineData("W/\"17-available-2\"")]
    [InlineData("\"3\", \"17-available-2\"")]
    [InlineData("*")]
    public void Whoever_shows_our_own_keeps_what_it_has(string shown) => Assert.Equal(Ours, ETag.Kept(shown, Ours, 17));

    [Theory]
    [InlineData("\"18-exhausted-2\"", "\"18-exhausted-2\"")]
    [InlineData("\"9\", W/\"170\"", "\"170\"")]
    public void Whoever_has_seen_a_later_position_keeps_that(string shown, string kept) => Assert.Equal(kept, ETag.Kept(shown, Ours, 17));

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
    public void Everybody_else_gets_the_answer(string shown) => Assert.Null(ETag.Kept(shown, Ours, 17));
}
